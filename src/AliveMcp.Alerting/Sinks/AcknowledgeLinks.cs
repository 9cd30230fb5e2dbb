using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AliveMcp.Alerting.Messages;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.SignIn;
using Dapper;
using Microsoft.Extensions.Options;

namespace AliveMcp.Alerting.Sinks;

/// <summary>
/// Links that acknowledge an incident, once, for whoever reads the message: 256 bits by chance, of which the database has the hash. Good for
/// a day, for one incident of one tenant, and opened by a form, so that what looks at links in messages uses none up.
/// </summary>
internal sealed class AcknowledgeLinks(PostgresDoors doors, IOptions<SignInOptions> options, TimeProvider clock)
{
    public const string Path = "/alerts/acknowledge/";
    private static readonly TimeSpan Life = TimeSpan.FromDays(1);

    /// <returns>Null: there is nothing to acknowledge, or this install has no address that a link could begin with.</returns>
    public async Task<Uri?> MakeAsync(SinkAtHand sink, AlertMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(message);
        if (
            message.Incident is not { } incident
            || MessageWords.IsOver(message)
            || options.Value.PublicUrl is not { } origin
        )
        {
            return null;
        }

        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        // What an erasure took away meanwhile gets no link, and no fault either.
        const string sql = """
            DELETE FROM alerting.acknowledge_link WHERE hash = ANY(ARRAY(
                SELECT hash FROM alerting.acknowledge_link WHERE expires_at < @now LIMIT 20 FOR UPDATE SKIP LOCKED));
            INSERT INTO alerting.acknowledge_link (hash, tenant_id, sink_id, incident_id, expires_at)
            SELECT @hash, tenant_id, @sink, incident_id, @until FROM alerting.incident
            WHERE incident_id = @incident AND tenant_id = @tenant AND acknowledged_at IS NULL
                AND EXISTS (SELECT FROM alerting.sink WHERE sink_id = @sink AND tenant_id = @tenant)
            RETURNING true
            """;
        var now = clock.GetUtcNow();
        var values = new
        {
            hash = HashOf(token),
            tenant = sink.Tenant.Value,
            sink = sink.SinkId,
            incident,
            now,
            until = now + Life,
        };
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var made = await connection.ExecuteScalarAsync<bool?>(
            new CommandDefinition(sql, values, cancellationToken: cancellationToken)
        );
        return made is true ? new Uri(origin, $"{Path}{sink.Tenant}.{token}") : null;
    }

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
