using System.Diagnostics;
using AliveMcp.Prober.Supervisor;
using AliveMcp.Prober.Tests.Builders;
using AliveMcp.Testing.Time;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Tests.Supervisor;

/// <summary>A cell as the process that it is.</summary>
public sealed class CellProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly CellOwner Owner = CellOwner.Of(TenantId.Local);

    [Fact]
    public async Task Tries_are_made_in_another_process_and_it_ends_when_it_is_asked_to()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);
        var cell = await CellProcess.StartAsync(Owner, Rules.ForCells());

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => cell.ProbeAsync(Order.Of(server.Url))));
        await cell.StopAsync().WaitAsync(Patience);

        Assert.All(results, result => Assert.Equal(ServerState.Live, result!.Attempt.State));
        Assert.All(results, result => Assert.Equal(result!.Observed.FullHash, result.Contract?.FullHash));
        Assert.NotEqual(Environment.ProcessId, cell.Pid);
        Assert.Equal(CellEnd.Stopped, cell.End);
        Assert.Null(await cell.ProbeAsync(Order.Of(server.Url)));
    }

    [Fact]
    public async Task Killed_from_outside_it_leaves_its_orders_to_others()
    {
        await using var server = RawServer.Silent();
        var cell = await CellProcess.StartAsync(Owner, Rules.ForCells());
        var looks = new[] { cell.ProbeAsync(Silent(server)), cell.ProbeAsync(Silent(server)) };
        await DialledAsync(server, 2);

        using (var process = Process.GetProcessById(cell.Pid))
        {
            process.Kill();
        }

        Assert.All(await Task.WhenAll(looks).WaitAsync(Patience), Assert.Null);
        await cell.Ended.WaitAsync(Patience);
        Assert.Equal(CellEnd.Crashed, cell.End);
    }

    [Fact]
    public async Task One_that_is_stopped_dead_is_killed_and_only_the_overdue_order_is_blamed_on_it()
    {
        await using var server = RawServer.Silent();
        var clock = new TestClock(new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero));
        var cell = await CellProcess.StartAsync(Owner, Rules.ForCells() with { Time = clock });
        var old = cell.ProbeAsync(Silent(server));
        await DialledAsync(server, 1);
        await Signals.SendAsync(cell.Pid, "STOP");
        clock.Advance(TimeSpan.FromSeconds(30));
        var young = cell.ProbeAsync(Silent(server));
        clock.Advance(TimeSpan.FromSeconds(31));

        cell.Look();
        Assert.True(cell.IsRunning);
        cell.Look();

        Assert.Equal(Why.CellKilled, (await old.WaitAsync(Patience))!.Attempt.Why);
        Assert.Null(await young.WaitAsync(Patience));
        Assert.Equal(CellEnd.WallClock, cell.End);
        await cell.Ended.WaitAsync(Patience);
    }

    [Fact]
    public async Task One_that_takes_too_much_memory_ends_and_says_so()
    {
        var heavy = Specimens.Healthy with { Tools = [.. Enumerable.Range(0, 3_000).Select(Bulky)] };
        await using var server = await FakeMcpServer.StartAsync(heavy);
        var cell = await CellProcess.StartAsync(Owner, Rules.ForCells(Rules.Options(memory: 16)));

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => cell.ProbeAsync(Order.Of(server.Url))))
            .WaitAsync(Patience);

        await cell.Ended.WaitAsync(Patience);
        Assert.Equal(CellEnd.OutOfMemory, cell.End);
        Assert.Contains(results, result => result is null);
    }

    [Theory]
    [InlineData("printf 'nonsense, and more of it'")]
    [InlineData("printf '\\377\\377\\377\\377'")]
    [InlineData("printf '\\0\\0\\0\\0'")]
    [InlineData("printf '\\2\\0\\0\\0{}'")]
    [InlineData("printf '\\4\\0\\0\\0null'")]
    [InlineData("printf '\\30\\0\\0\\0{\"v\":2,\"answers\":[     ]}'")]
    [InlineData("printf '\\50\\0\\0\\0{\"v\":1,\"answers\":[{\"id\":1,\"result\":{}}]}'")]
    [InlineData("printf '\\77\\0\\0\\0{\"v\":1,\"answers\":[{\"id\":7,\"result\":{\"attempt\":{\"state\":1}}}]}  '")]
    public async Task One_that_talks_nonsense_is_killed(string says)
    {
        var cell = await CellProcess.StartAsync(Owner, Shell(says + "; exec sleep 60"));

        Assert.Null(await cell.ProbeAsync(Order.Of(RawServer.Nobody())).WaitAsync(Patience));

        await cell.Ended.WaitAsync(Patience);
        Assert.Equal(CellEnd.Garbage, cell.End);
    }

    [Theory]
    [InlineData("exec 1>&-; exec sleep 60")]
    [InlineData("printf '\\62\\0\\0\\0{\"v\":'")]
    [InlineData("exit 3")]
    public async Task One_that_falls_silent_for_good_has_crashed(string does)
    {
        var cell = await CellProcess.StartAsync(Owner, Shell(does));

        Assert.Null(await cell.ProbeAsync(Order.Of(RawServer.Nobody())).WaitAsync(Patience));

        await cell.Ended.WaitAsync(Patience);
        Assert.Equal(CellEnd.Crashed, cell.End);
    }

    [Fact]
    public void It_knows_neither_token_nor_desk()
    {
        var start = CellStart.Make(64);

        Assert.DoesNotContain(
            start.Environment.Keys,
            name => name.StartsWith("Prober__", StringComparison.OrdinalIgnoreCase) && name != "Prober__SourceAddress"
        );
        Assert.Equal("4000000", start.Environment["DOTNET_GCHeapHardLimit"]);
    }

    /// <summary>Something else in a cell's place, which begins when it is given an order.</summary>
    private static CellRules Shell(string script) =>
        Rules.ForCells() with
        {
            Program = _ => new ProcessStartInfo("/bin/sh", ["-c", "head -c 1 >/dev/null; " + script])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            },
        };

    private static string Bulky(int number) =>
        $$$"""{"name":"tool_{{{number}}}","description":"{{{new string('x', 600)}}}","inputSchema":{"type":"object"}}""";

    private static ProbeOrder Silent(RawServer server) => Order.Of(server.Url);

    private static Task DialledAsync(RawServer server, int times) =>
        Eventually.GetAsync(() => Task.FromResult(server.Accepted), accepted => accepted >= times, Patience);
}
