using AliveMcp.Servers.Files;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Testing.Rooms;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Cli.Tests.Apply;

/// <summary>Sinks and rules of a file, by the command, against the real API. Every test begins with none.</summary>
public sealed class AlertsFileTests : IAsyncLifetime
{
    private const string Slack = "https://hooks.slack.com/services/T00000000/B00000000/";
    private const string Whole = """
        servers:
          - { slug: weather, url: "https://weather.example/mcp", tags: [prod] }
        sinks:
          - name: ops
            kind: slack
            url: { file: slack-url.txt }
          - name: pager
            kind: pagerduty
            routing_key: { file: key.txt }
            region: eu
        rules:
          - name: Production
            match: { tags: [prod], severities: [P1, P2] }
            quiet_hours: { from: 22:00, to: 07:00, zone: Europe/Zurich }
            steps:
              - sinks: [ops]
              - after_minutes: 5
                sinks: [pager]
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-test-alerts-file-");
    private readonly ServersApi _api;

    public AlertsFileTests() =>
        _api = new ServersApi { Settings = new Dictionary<string, string?> { ["Secrets:KeyFile"] = PathOf("keys") } };

    public async ValueTask InitializeAsync()
    {
        KeyFile.AddVersion(PathOf("keys"));
        await File.WriteAllTextAsync(PathOf("slack-url.txt"), Slack + new string('x', 24) + "\n");
        await File.WriteAllTextAsync(PathOf("key.txt"), new string('k', 32));
        await _api.InitializeAsync();
    }

    [Fact]
    public async Task The_whole_is_made_and_the_output_says_what_proves_a_sink()
    {
        var call = await ApplyAsync(Whole);

        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        var lines = call.Out.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(
            [
                "+ create  weather",
                "+ create  rule Production",
                "+ create  sink ops  unproven until it is verified",
                "+ create  sink pager  unproven until it is verified",
                "Applied: 4 created.",
            ],
            lines[..5].Select(line => line.TrimEnd())
        );
        Assert.StartsWith("sink 1 \"ops\": A code is on its way there.", lines[5], StringComparison.Ordinal);
        Assert.Contains("alivemcp sinks verify 2 CODE", lines[6], StringComparison.Ordinal);
        Assert.DoesNotContain("xxxx", call.Out, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync("alerting.sink WHERE verified_at IS NOT NULL"));
        Assert.Equal(2, await CountAsync("tenancy.thing_secret WHERE thing = 'sink'"));
        Assert.Equal(3, await CountAsync("storage.audit WHERE action IN ('sink.created', 'rule.created')"));
    }

    [Fact]
    public async Task The_same_again_has_nothing_to_change_and_so_it_has_without_the_secrets()
    {
        await ApplyAsync(Whole);

        var again = await ApplyAsync(Whole);
        File.Delete(PathOf("slack-url.txt"));
        File.Delete(PathOf("key.txt"));
        var without = await ApplyAsync(Whole);

        Assert.Equal("Nothing to change: 4 unchanged.\n", again.Out.ReplaceLineEndings("\n"));
        Assert.Equal("Nothing to change: 4 unchanged.\n", without.Out.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Another_secret_is_noticed_and_proven_anew_without_being_shown()
    {
        await ApplyAsync(Whole);
        await ExecuteAsync("UPDATE alerting.sink SET verified_at = now()");
        await File.WriteAllTextAsync(PathOf("slack-url.txt"), Slack + new string('y', 24));

        var call = await ApplyAsync(Whole);

        Assert.StartsWith("~ change  sink ops  url", call.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("yyyy", call.Out, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync("alerting.sink WHERE verified_at IS NULL AND name = 'ops'"));
        Assert.Equal(1, await CountAsync("alerting.sink WHERE verified_at IS NOT NULL AND name = 'pager'"));
    }

    [Fact]
    public async Task What_leaves_the_file_is_switched_off_or_stays_and_is_pruned_when_asked()
    {
        await ApplyAsync(Whole);
        const string less = """
            sinks:
              - { name: ops, kind: slack, url: { file: slack-url.txt } }
            rules: []
            """;

        var left = await ApplyAsync(less);
        var again = await ApplyAsync(less);
        var pruned = await ApplyAsync(less, "--prune");

        Assert.Contains("- pause   rule Production  left the file", left.Out, StringComparison.Ordinal);
        Assert.Contains("  stays   sink pager  left the file", left.Out, StringComparison.Ordinal);
        Assert.Contains("Nothing to change: 1 unchanged.", again.Out, StringComparison.Ordinal);
        Assert.Contains("x remove  rule Production", pruned.Out, StringComparison.Ordinal);
        Assert.Contains("x remove  sink pager", pruned.Out, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync("alerting.rule"));
        Assert.Equal(1, await CountAsync("alerting.sink"));
        Assert.Equal(1, await CountAsync("tenancy.thing_secret WHERE thing = 'sink'"));
        Assert.Equal(1, await CountAsync("servers.server WHERE paused_at IS NULL"));
    }

    [Fact]
    public async Task A_sink_is_pruned_while_its_rule_moves_to_another()
    {
        await ApplyAsync(Whole);

        var call = await ApplyAsync(
            """
            sinks: [{ name: new, kind: slack, url: { file: slack-url.txt } }]
            rules: [{ name: Production, steps: [{ sinks: [new] }] }]
            """,
            "--prune"
        );

        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        Assert.Contains("~ change  rule Production  match, quiet_hours, steps", call.Out, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync("alerting.rule_sink NATURAL JOIN alerting.sink WHERE sink.name = 'new'"));
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_with_line_field_and_value_and_nothing_is_done()
    {
        var call = await ApplyAsync(
            """
            servers: [{ slug: A, url: 'https://a.example' }]
            sinks:
              - name: ops
                kind: slack
                url: https://hooks.slack.com/services/T00000000/B00000000/secretsecretsecretsecret
              - { name: b, kind: pigeon }
            rules:
              - name: Night
                match: { kinds: [fire] }
                steps:
                  - after_minutes: soon
                    sinks: []
            """
        );

        Assert.Equal(65, call.ExitCode);
        Assert.DoesNotContain("secretsecret", call.Error, StringComparison.Ordinal);
        Assert.Equal(
            [
                "servers[0] \"A\", line 1: slug 'A' is not 1 to 63 of a-z, 0-9 and -, for example 'a'.",
                "sinks[0] \"ops\", line 5: url is a secret, which has no place in a file: write { env: NAME } or { file: PATH }, and keep the secret there.",
                "sinks[1] \"b\", line 6: kind 'pigeon' is none of slack, pagerduty, webhook, email, discord, telegram.",
                "rules[0] \"Night\", line 9: match.kinds[0] 'fire' is not a kind of alert, for example outage.",
                "rules[0] \"Night\", line 11: steps[0].after_minutes 'soon' is not a whole number from 0 to 1440.",
                "rules[0] \"Night\", line 12: steps[0].sinks is not a list of 1 to 20.",
                "Nothing was changed.",
            ],
            call.Error.ReplaceLineEndings("\n").TrimEnd().Split('\n')
        );
        Assert.Equal(0, await CountAsync("alerting.sink"));
    }

    [Fact]
    public async Task A_secret_that_is_nowhere_and_a_sink_that_is_nowhere_are_named()
    {
        const string sink = "sinks: [{ name: ops, kind: discord, url: { env: ALIVEMCP_TEST_NOT_SET } }]";
        var nowhere = await ApplyAsync(sink);
        var unknown = await ApplyAsync($"{sink}\nrules:\n  - name: Night\n    steps: [{{ sinks: [opps] }}]");

        Assert.Equal((65, 65), (nowhere.ExitCode, unknown.ExitCode));
        Assert.StartsWith(
            "sinks[0] \"ops\", line 1: url is to be found in the environment variable 'ALIVEMCP_TEST_NOT_SET', which is not set.",
            nowhere.Error,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "rules[0] \"Night\", line 4: steps[0].sinks[0] 'opps' is not the name of a sink; there are ops.",
            unknown.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_exported_makes_the_same_of_an_empty_tenant()
    {
        await ApplyAsync(Whole);
        var exported = await ExportAsync(_api.TokenFile);
        var charlies = PathOf("charlies-key");
        await File.WriteAllTextAsync(charlies, await _api.GiveKeyAsync(ServersApi.Charlie, "admin"));
        Assert.DoesNotContain("xxxx", exported, StringComparison.Ordinal);
        Assert.Contains("OPS_URL", exported, StringComparison.Ordinal);
        var known = exported
            .Replace("\"env\": \"OPS_URL\"", "\"file\": \"slack-url.txt\"", StringComparison.Ordinal)
            .Replace("\"env\": \"PAGER_ROUTING_KEY\"", "\"file\": \"key.txt\"", StringComparison.Ordinal);

        var call = await ApplyAsync(known, "--token-file", charlies);

        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        Assert.Equal(exported, await ExportAsync(charlies));
        Assert.Contains(
            "Nothing to change",
            (await ApplyAsync(exported, "--token-file", charlies)).Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_install_reads_the_secrets_of_the_file_of_its_start_itself()
    {
        await File.WriteAllTextAsync(PathOf("alivemcp.yaml"), Whole);

        var applied = await _api
            .Services.GetRequiredService<ServersFile>()
            .ApplyFileAsync(
                TenantId.Local,
                PathOf("alivemcp.yaml"),
                new ApplyOptions(),
                TestContext.Current.CancellationToken
            );

        Assert.Empty(applied.Problems);
        Assert.Equal(2, await CountAsync("tenancy.thing_secret WHERE thing = 'sink'"));
    }

    [Fact]
    public async Task Who_may_change_servers_alone_is_refused_the_other_lists()
    {
        var options = new ApplyOptions { May = permission => permission == "servers.write" };

        var refused = await _api
            .Services.GetRequiredService<ServersFile>()
            .ApplyAsync(TenantId.Local, Whole, options, TestContext.Current.CancellationToken);

        Assert.Equal(["sinks_forbidden", "rules_forbidden"], refused.Problems.Select(problem => problem.Code));
        Assert.Equal(0, await CountAsync("servers.server"));
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private async Task<string> ExportAsync(string token)
    {
        var call = await Call.AliveMcpAsync("export", "config", "--url", _api.Url.ToString(), "--token-file", token);
        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        return call.Out;
    }

    private async Task<Call> ApplyAsync(string text, params string[] more)
    {
        await File.WriteAllTextAsync(PathOf("alivemcp.yaml"), text);
        string[] token = more.Contains("--token-file", StringComparer.Ordinal) ? [] : ["--token-file", _api.TokenFile];
        return await Call.AliveMcpAsync([
            "apply",
            "-f",
            PathOf("alivemcp.yaml"),
            "--url",
            _api.Url.ToString(),
            .. token,
            .. more,
        ]);
    }

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
