using AliveMcp.Servers.Files;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Testing.Rooms;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Cli.Tests.Apply;

/// <summary>What a file makes of sinks and rules that are there already, made by hand or before a file knew more of them.</summary>
public sealed class KnownAlertsFileTests : IAsyncLifetime
{
    private const string Sinks = """
        sinks:
          - { name: ops, kind: slack, url: { env: SLACK } }
          - { name: pager, kind: pagerduty, routing_key: { env: KEY }, region: eu }
        """;

    private const string Rules = """

        rules:
          - { name: Night, steps: [{ sinks: [ops] }] }
        """;

    private const string Pruned = "sinks: [{ name: ops, kind: slack, url: { env: SLACK } }]";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-test-known-alerts-");
    private readonly ServersApi _api;

    public KnownAlertsFileTests() =>
        _api = new ServersApi { Settings = new Dictionary<string, string?> { ["Secrets:KeyFile"] = KeyPath } };

    private string KeyPath => Path.Combine(_folder.FullName, "keys");

    public async ValueTask InitializeAsync()
    {
        KeyFile.AddVersion(KeyPath);
        await _api.InitializeAsync();
        await ChangeAsync(Sinks + Rules);
    }

    [Fact]
    public async Task A_sink_that_a_rule_made_by_hand_names_is_not_pruned()
    {
        await MakeRuleAsync("By hand", "pager");

        var refused = await ApplyAsync(Pruned, prune: true);
        var refusedWithRules = await ApplyAsync(Pruned + Rules, prune: true);
        var rewritten = await ApplyAsync(
            Pruned + Rules + "\n  - { name: By hand, steps: [{ sinks: [ops] }] }",
            prune: true
        );

        Assert.All(
            [refused, refusedWithRules],
            answer =>
            {
                var problem = Assert.Single(answer.Problems);
                Assert.Equal("sink_in_use", problem.Code);
                Assert.Contains("'pager'", problem.Message, StringComparison.Ordinal);
                Assert.Contains("'By hand'", problem.Message, StringComparison.Ordinal);
            }
        );
        Assert.Empty(rewritten.Problems);
        Assert.Equal(0, await CountAsync("alerting.sink WHERE name = 'pager'"));
    }

    [Fact]
    public async Task A_sink_that_a_rule_of_the_file_names_is_pruned_with_the_rules_alone()
    {
        await ChangeAsync(Sinks + Rules + "\n  - { name: Pages, steps: [{ sinks: [pager] }] }");

        var refused = await ApplyAsync(Pruned, prune: true);
        var pruned = await ApplyAsync(Pruned + Rules, prune: true);

        Assert.Equal("sink_in_use", Assert.Single(refused.Problems).Code);
        Assert.Empty(pruned.Problems);
        Assert.Equal(0, await CountAsync("alerting.rule WHERE name = 'Pages'"));
    }

    [Fact]
    public async Task An_export_with_a_rule_without_steps_can_be_applied()
    {
        await MakeRuleAsync("Empty", sink: null);

        var exported = await Call.AliveMcpAsync(
            "export",
            "config",
            "--url",
            _api.Url.ToString(),
            "--token-file",
            _api.TokenFile
        );

        Assert.Contains("Night", exported.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Empty", exported.Out, StringComparison.Ordinal);
        Assert.Empty((await ApplyAsync(exported.Out)).Problems);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_region_that_the_file_leaves_out_stays_as_it_is(bool hasSecrets)
    {
        var answer = await ApplyAsync(
            Sinks.Replace(", region: eu", "", StringComparison.Ordinal),
            secrets: hasSecrets ? SecretOf : _ => null
        );

        Assert.Empty(answer.Problems);
        Assert.Equal(["ops", "pager"], PartOf(answer, "sinks").Unchanged);
        Assert.Equal(1, await CountAsync("alerting.sink WHERE settings ->> 'region' = 'eu'"));
    }

    [Fact]
    public async Task A_secret_that_cannot_be_compared_is_taken_anew_once()
    {
        await ExecuteAsync("UPDATE alerting.sink SET secret_mark = NULL WHERE name = 'ops'");

        var without = await ApplyAsync(Sinks, secrets: _ => null);
        var first = await ApplyAsync(Sinks);
        var second = await ApplyAsync(Sinks);

        Assert.Equal(["ops", "pager"], PartOf(without, "sinks").Unchanged);
        Assert.StartsWith(
            "url (cannot be compared",
            Assert.Single(PartOf(first, "sinks").Fields["ops"]),
            StringComparison.Ordinal
        );
        Assert.Equal(["ops", "pager"], PartOf(second, "sinks").Unchanged);
    }

    [Fact]
    public async Task Whoever_switches_off_the_last_rule_is_told()
    {
        var silent = await ApplyAsync("rules: []");
        var loud = await ApplyAsync(Rules);
        var none = await ApplyAsync("rules: []", prune: true);

        Assert.StartsWith("No rule is in force", Assert.Single(PartOf(silent, "rules").Todo), StringComparison.Ordinal);
        Assert.Empty(PartOf(loud, "rules").Todo);
        Assert.Empty(PartOf(none, "rules").Todo);
    }

    [Fact]
    public async Task A_sink_that_is_removed_meanwhile_is_a_problem()
    {
        await using var connection = await _api.Storage.Doors.AllTenants.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        // As whoever removes a sink by the API does.
        await connection.ExecuteAsync(
            "SELECT pg_advisory_xact_lock(21323, @tenant)",
            new { tenant = TenantId.Local.Value },
            transaction
        );
        await connection.ExecuteAsync("DELETE FROM alerting.sink WHERE name = 'pager'", transaction: transaction);

        var applying = ApplyAsync("rules: [{ name: Pages, steps: [{ sinks: [pager] }] }]");
        await Eventually.GetAsync(
            () =>
                CountAsync(
                    "pg_locks JOIN pg_database AS d ON d.oid = database AND d.datname = current_database() WHERE locktype = 'advisory' AND NOT granted"
                ),
            waiting => waiting > 0,
            TimeSpan.FromMinutes(1)
        );
        await transaction.CommitAsync();

        var problem = Assert.Single((await applying).Problems);
        Assert.Contains("'pager' is not the name of a sink", problem.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string SecretOf(SecretReference reference) =>
        reference.Name.EndsWith("KEY", StringComparison.Ordinal)
            ? new string('k', 32)
            : "https://hooks.slack.com/services/T00000000/B00000000/" + new string('x', 24);

    private static PartChange PartOf(Result<ApplyAnswer> answer, string part) =>
        answer.TryGet(out var done)
            ? done.Parts![part]
            : throw new InvalidOperationException(answer.Problems[0].Message);

    private async Task ChangeAsync(string text) => Assert.Empty((await ApplyAsync(text)).Problems);

    private Task<Result<ApplyAnswer>> ApplyAsync(
        string text,
        bool prune = false,
        Func<SecretReference, string?>? secrets = null
    ) =>
        _api
            .Services.GetRequiredService<ServersFile>()
            .ApplyAsync(
                TenantId.Local,
                text,
                new ApplyOptions { Prune = prune, Secrets = secrets ?? SecretOf },
                TestContext.Current.CancellationToken
            );

    /// <summary>As the API makes it; without a sink: as removing its last one leaves it.</summary>
    private Task MakeRuleAsync(string name, string? sink) =>
        ExecuteAsync(
            $"""
            WITH made AS (
                INSERT INTO alerting.rule (tenant_id, name, managed_by, created_at)
                VALUES ({TenantId.Local.Value}, '{name}', 'api', now()) RETURNING rule_id)
            INSERT INTO alerting.rule_sink (tenant_id, rule_id, after_minutes, sink_id)
            SELECT tenant_id, (SELECT rule_id FROM made), 0, sink_id FROM alerting.sink WHERE name = '{sink}'
            """
        );

    private async Task<long> CountAsync(string what)
    {
        await using var connection = await _api.Storage.Doors.AllTenants.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>($"SELECT count(*) FROM {what}");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _api.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }
}
