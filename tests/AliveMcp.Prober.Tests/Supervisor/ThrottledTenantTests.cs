using AliveMcp.Prober.Fitness;
using AliveMcp.Prober.Supervisor;
using AliveMcp.Prober.Tests.Builders;
using AliveMcp.Testing.Time;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.Prober.Tests.Supervisor;

/// <summary>A tenant whose cells die again and again, minute by minute: real cells, real servers, a clock that the test moves.</summary>
public sealed class ThrottledTenantTests : IAsyncLifetime
{
    private const int Bad = 7;
    private const int Good = 8;
    private const int Day = 24 * 60;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    private readonly TestClock _clock = new(Start);
    private readonly Diary _diary = new();
    private readonly TenantKills _kills;
    private readonly Cells _cells;
    private readonly TicketRunner _runner;

    public ThrottledTenantTests()
    {
        var rules = Rules.ForCells(diary: _diary) with { Time = _clock };
        _kills = new TenantKills(rules.Book, _clock);
        _cells = new Cells(rules, _kills, NullLogger<Cells>.Instance);
        var fit = new FitJudge(new LoopLag(_clock), new References([], _clock));
        _runner = new TicketRunner(_cells.SeatAsync, fit, _clock);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await _cells.StopAsync();

    [Fact]
    public async Task The_third_kill_within_an_hour_cuts_its_cadence_to_five_minutes_and_nobody_else_s()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);
        await KillAsync(server.Url, minute: 0);
        await KillAsync(server.Url, minute: 20);
        Assert.Equal(ServerState.Live, await LookAsync(server.Url, Bad, server: 1, minute: 21));
        Assert.Equal([new TenantStanding(new TenantId(Bad), 2, IsThrottled: false)], _kills.Standing());
        await KillAsync(server.Url, minute: 40);

        var seen = new List<(int Minute, int Tenant, int Server)>();
        for (var minute = 41; minute < 58; minute++)
        {
            MoveTo(minute);
            foreach (var (tenant, number) in ((int Tenant, int Server)[])[(Bad, 1), (Bad, 2), (Good, 3), (Good, 4)])
            {
                if (await LookAsync(server.Url, tenant, number, minute) == ServerState.Live)
                {
                    seen.Add((minute, tenant, number));
                }
            }
        }

        Assert.Equal([new TenantStanding(new TenantId(Bad), 3, IsThrottled: true)], _kills.Standing());
        Assert.Equal([41, 46, 51, 56], seen.Where(look => look.Server == 1).Select(look => look.Minute));
        Assert.Equal([41, 46, 51, 56], seen.Where(look => look.Server == 2).Select(look => look.Minute));
        Assert.Equal(2 * 17, seen.Count(look => look.Tenant == Good));

        foreach (var minute in (int[])[61, 62, 63])
        {
            MoveTo(minute);
            Assert.Equal(ServerState.Live, await LookAsync(server.Url, Bad, server: 1, minute));
        }

        Assert.False(Assert.Single(_kills.Standing()).IsThrottled);
    }

    [Fact]
    public async Task The_operator_is_told_of_it_once_a_day()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);
        foreach (var minute in (int[])[0, 5, 10, 15, 20])
        {
            await KillAsync(server.Url, minute);
        }

        AssertTold(times: 1);
        foreach (var minute in (int[])[Day + 30, Day + 35, Day + 40])
        {
            await KillAsync(server.Url, minute);
        }

        AssertTold(times: 2);
    }

    /// <summary>Has the tenant's cell look at something, and kills it from outside.</summary>
    private async Task KillAsync(Uri url, int minute)
    {
        MoveTo(minute);
        Assert.Equal(ServerState.Live, await LookAsync(url, Bad, server: 1, minute));
        // A cell that lived for some seconds is followed by another one at once.
        _clock.Advance(TimeSpan.FromSeconds(11));
        var kills = Kills();
        await Signals.SendAsync(_diary.Begun.Last(cell => cell.Owner == $"tenant {Bad}").Pid, "KILL");
        await Eventually.GetAsync(() => Task.FromResult(Kills()), known => known > kills, Patience);
    }

    private async Task<ServerState> LookAsync(Uri url, int tenant, int server, int minute)
    {
        var ticket = Order.Ticket(server, tenant: tenant) with { Minute = new MinuteStamp(minute), MayRetry = false };
        var taken = new TakenTicket(
            ticket with
            {
                Order = ticket.Order with { Url = url },
            },
            Lane.Isolated,
            _clock.GetTimestamp()
        );
        var result = await _runner.RunAsync(taken, CancellationToken.None, CancellationToken.None).WaitAsync(Patience);
        Assert.Contains(result.Better.Attempt.Why, (Why[])[Why.None, Why.TenantThrottled]);
        return result.Better.Attempt.State;
    }

    private void AssertTold(int times)
    {
        var told = _diary.Lines.Where(line => line.Line.Contains("within an hour", StringComparison.Ordinal)).ToList();
        Assert.Equal(times, told.Count);
        Assert.All(told, line => Assert.Contains($"tenant {Bad} ", line.Line, StringComparison.Ordinal));
    }

    private int Kills() => _kills.Standing().SingleOrDefault(tenant => tenant.Tenant == new TenantId(Bad)).Kills;

    private void MoveTo(int minute) => _clock.Advance(Start.AddMinutes(minute) - _clock.GetUtcNow());
}
