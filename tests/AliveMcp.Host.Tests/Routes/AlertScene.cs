using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AliveMcp.Alerting.Sinks.Proofs;
using Dapper;

namespace AliveMcp.Host.Tests.Routes;

/// <summary>Makes, in Alice's tenant, sinks, rules, deliveries and links for acts to be done to.</summary>
internal sealed class AlertScene(Replicas replicas, string key)
{
    private const string Code = "ABCD-EFGH";

    private static int _count;

    public static string Name() => $"alert-act-{Interlocked.Increment(ref _count)}";

    public static string Slack() =>
        $$"""{ "kind": "slack", "name": "{{Name()}}", "url": "https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx" }""";

    public static string Hook() =>
        $$"""{ "kind": "webhook", "name": "{{Name()}}", "url": "https://hooks.example/alerts" }""";

    public async Task<string> SinkAsync(string wish) =>
        (await DoAsync("POST", "/api/v1/sinks", wish)).Json["id"]!.ToString();

    public async Task<string> VerifiedAsync(string wish)
    {
        var sink = await SinkAsync(wish);
        await ExecuteAsync("UPDATE alerting.sink SET verified_at = now() WHERE sink_id = @sink::int", new { sink });
        return sink;
    }

    /// <summary>A sink to which <see cref="Code"/> was sent.</summary>
    public async Task<Act> ProvingAsync()
    {
        var sink = await SinkAsync(Slack());
        await SendCodeAsync(sink);
        return new Act($"/api/v1/sinks/{sink}/verify", $$"""{ "code": "{{Code}}" }""");
    }

    /// <summary>The link of a mail that asks whether its reader wants alerts.</summary>
    public async Task<Act> ConfirmingAsync()
    {
        var sink = await ScalarAsync(
            """
            WITH sunk AS (
                INSERT INTO alerting.sink (tenant_id, kind, name, settings, created_at)
                VALUES (@tenant, 4, @name, '{"address": "a@example.com", "stop": ""}', now()) RETURNING tenant_id, sink_id)
            INSERT INTO alerting.sink_proof (tenant_id, sink_id, wanted_at, expires_at)
            SELECT tenant_id, sink_id, now(), now() FROM sunk RETURNING sink_id
            """,
            new { tenant = Replicas.Alices.Value, name = Name() }
        );
        await SendCodeAsync(sink);
        return new Act($"/alerts/confirm/{Replicas.Alices}.{sink}.{Code}");
    }

    public async Task<string> RuleAsync() =>
        (await DoAsync("POST", "/api/v1/rules", await RuleBodyAsync())).Json["id"]!.ToString();

    public async Task<string> RuleBodyAsync() =>
        $$"""{ "name": "{{Name()}}", "steps": [{ "sinks": [{{await VerifiedAsync(Slack())}}] }] }""";

    public async Task<string> SentAsync()
    {
        var sink = await VerifiedAsync(Slack());
        return await ScalarAsync(
            """
            INSERT INTO alerting.delivery (tenant_id, sink_id, type, once_key, message, state, next_at, created_at, give_up_at)
            VALUES (@tenant, @sink::int, 21, 'act', '{}', 'sent', now(), now(), now()) RETURNING delivery_id
            """,
            new { tenant = Replicas.Alices.Value, sink }
        );
    }

    /// <summary>The link of a message about an incident.</summary>
    public async Task<Act> LinkedAsync(string incident)
    {
        var sink = await VerifiedAsync(Slack());
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await ExecuteAsync(
            """
            INSERT INTO alerting.acknowledge_link (hash, tenant_id, sink_id, incident_id, expires_at)
            VALUES (@hash, @tenant, @sink::int, @incident::bigint, now() + interval '1 day')
            """,
            new
            {
                hash = SHA256.HashData(Encoding.UTF8.GetBytes(token)),
                tenant = Replicas.Alices.Value,
                sink,
                incident,
            }
        );
        return new Act($"/alerts/acknowledge/{Replicas.Alices}.{token}");
    }

    private Task SendCodeAsync(string sink)
    {
        var number = int.Parse(sink, NumberStyles.None, CultureInfo.InvariantCulture);
        return ExecuteAsync(
            """
            UPDATE alerting.sink_proof SET hash = @hash, sent_at = now(), expires_at = now() + interval '1 hour'
            WHERE sink_id = @number
            """,
            new { hash = ProofCode.HashOf(Replicas.Alices, number, Code), number }
        );
    }

    private async Task ExecuteAsync(string sql, object values)
    {
        await using var connection = await replicas.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, values);
    }

    private async Task<string> ScalarAsync(string sql, object values)
    {
        await using var connection = await replicas.Storage.Doors.AllTenants.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<long>(sql, values)).ToString(CultureInfo.InvariantCulture);
    }

    private async Task<Heard> DoAsync(string method, string path, string body)
    {
        var heard = await Knock.AtAsync(replicas.Urls[0], method, path, key, body, ("If-Match", "*"));
        Assert.True((int)heard.Status < 300, $"{method} {path}: {heard.Status} {heard.Text}");
        return heard;
    }
}
