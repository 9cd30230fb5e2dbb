using AliveMcp.Testing.Rooms;
using Dapper;

namespace AliveMcp.Cli.Tests.Rules;

/// <summary>The commands against the real API. There are two sinks, ops and pager.</summary>
public sealed class RulesCommandTests(ServersApi api) : IClassFixture<ServersApi>, IAsyncLifetime
{
    private string _id = "";

    public async ValueTask InitializeAsync()
    {
        await using var connection = await api.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            DELETE FROM alerting.rule;
            INSERT INTO alerting.sink (tenant_id, kind, name, settings, created_at)
            VALUES (2, 3, 'ops', '{"origin": "https://a.example"}', now()),
                (2, 3, E'pager', '{"origin": "https://b.example"}', now())
            ON CONFLICT DO NOTHING
            """
        );
    }

    [Fact]
    public async Task A_rule_is_made_with_names_of_sinks_and_shown()
    {
        var made = await AddAsync("--tag", "prod", "--severity", "P1", "P2", "--sink", "ops", "--then", "5=pager");

        Assert.Equal((0, ""), (made.ExitCode, made.Error));
        Assert.Equal(
            [
                $"{_id, 5}  on   Production  -> ops, after 5 min pager",
                "       servers     all",
                "       tags        prod",
                "       kinds       all",
                "       severities  P1, P2",
                "       regions     all",
                "       at once     ops",
                "       5 min       pager",
            ],
            Lines(made)
        );
        Assert.Equal(Lines(made), Lines(await CallAsync("show", _id)));
    }

    [Fact]
    public async Task What_is_not_named_stays_when_a_rule_is_changed()
    {
        await AddAsync("--tag", "prod", "--sink", "ops");

        var changed = await CallAsync(
            "change",
            _id,
            "--quiet",
            "22:00-07:00",
            "--zone",
            "Europe/Zurich",
            "--enabled",
            "false"
        );
        var wider = await CallAsync(
            "change",
            _id,
            "--tag",
            "all",
            "--sink",
            "pager",
            "--quiet",
            "none",
            "--name",
            "All"
        );

        Assert.Contains("off  Production  -> ops", changed.Out, StringComparison.Ordinal);
        Assert.Contains("tags        prod", changed.Out, StringComparison.Ordinal);
        Assert.Contains("quiet       22:00 to 07:00, Europe/Zurich, but for P1", changed.Out, StringComparison.Ordinal);
        Assert.Contains("off  All  -> pager", wider.Out, StringComparison.Ordinal);
        Assert.Contains("tags        all", wider.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("quiet", wider.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_is_listed_and_removed()
    {
        await AddAsync("--sink", "ops");

        var listed = await CallAsync("list");
        var removed = await CallAsync("remove", _id);
        var none = await CallAsync("list");

        Assert.Contains("Production  -> ops", listed.Out, StringComparison.Ordinal);
        Assert.Equal($"Rule {_id} is removed.", Lines(removed)[0]);
        Assert.Equal("There is none: every verified sink hears P1 to P3.", Lines(none)[0]);
    }

    [Theory]
    [InlineData(65, "There is no sink 'opps'", "--sink", "opps")]
    [InlineData(65, "steps names no sink")]
    [InlineData(65, "match.kinds[0] is not a kind of alert", "--sink", "ops", "--kind", "fire")]
    [InlineData(64, "--then is 'soon': give minutes and a sink", "--then", "soon")]
    [InlineData(64, "--quiet is '22:00': give two times of day", "--quiet", "22:00", "--sink", "ops")]
    public async Task What_cannot_be_is_refused_by_its_option(int code, string why, params string[] flags)
    {
        var call = await CallAsync(["add", "Wrong", .. flags]);

        Assert.Equal(code, call.ExitCode);
        Assert.Contains(why, call.Error, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<Call> AddAsync(params string[] flags)
    {
        var made = await CallAsync(["add", "Production", .. flags]);
        _id = made.Out.Trim().Split(' ')[0];
        return made;
    }

    private Task<Call> CallAsync(params string[] words) =>
        Call.AliveMcpAsync(["rules", .. words, "--url", api.Url.ToString(), "--token-file", api.TokenFile]);

    private static string[] Lines(Call call) => call.Out.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
