using AliveMcp.Prober.Tests.Builders;
using AliveMcp.Testing.Processes;
using AliveMcp.Testing.Time;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Tests;

/// <summary>The executable itself, against a desk and a server on real sockets.</summary>
public sealed class ProberProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_ticket_is_probed_its_new_contract_brought_and_then_reported()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);
        await using var desk = await FakeDesk.StartAsync();
        var ticket = Order.Ticket();
        desk.HandOut(ticket with { Order = ticket.Order with { Url = server.Url } });

        await using var prober = Start(desk, ("Egress__Allow__0", $"127.0.0.1/32:{server.Port}"));
        await desk.Reported.WaitAsync(Patience);

        var report = Assert.Single(desk.Reports);
        Assert.Equal(ServerState.Live, Assert.Single(report.Attempts).State);
        Assert.Equal((ticket.Server, "s"), (report.Server, report.Signature));
        Assert.Equal([$"put {report.Observed.FullHash}", "results 200"], desk.Told);
    }

    [Fact]
    public async Task An_address_that_is_not_opened_is_not_dialled()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);
        await using var desk = await FakeDesk.StartAsync();
        var ticket = Order.Ticket() with { MayRetry = false };
        desk.HandOut(ticket with { Order = ticket.Order with { Url = server.Url } });

        await using var prober = Start(desk);
        await desk.Reported.WaitAsync(Patience);

        Assert.Equal(Why.AddressNotAllowed, Assert.Single(desk.Reports).Attempts[0].Why);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(true, "begins: tenant 3")]
    [InlineData(false, "begins: shared")]
    public async Task A_live_look_is_told_step_by_step_and_reported_to_no_minute(bool isIsolated, string cell)
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);
        await using var desk = await FakeDesk.StartAsync();
        await using var prober = Start(desk, ("Egress__AllowPrivate", "true"));
        var look = Of(server.Url, tenant: 3) with { Look = "local.00", Isolated = isIsolated };
        desk.HandOut(look, Lane.Now);

        await Eventually.GetAsync(
            () => Task.FromResult(desk.Steps.Any(told => told.Attempt is not null)),
            isOver => isOver,
            Patience
        );

        var steps = desk.Steps.SelectMany(told => told.Steps).ToList();
        Assert.Equal(Enumerable.Range(1, steps.Count), steps.Select(step => step.Number));
        Assert.Equal([ProbeStep.Resolve, ProbeStep.Connect], steps.Take(2).Select(step => step.Step));
        Assert.Equal(200, steps.Single(step => step.Step == ProbeStep.ToolsList).Status);
        var last = desk.Steps.Last();
        Assert.Equal(("local.00", "s", look.Server), (last.Look, last.Signature, last.Server));
        Assert.Equal(ServerState.Live, last.Attempt!.State);
        Assert.True(last.Observed!.ToolCount > 0);
        Assert.Empty(desk.Reports);
        Assert.Empty(desk.Told);
        Assert.Contains(cell, prober.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_with_its_parent()
    {
        await using var desk = await FakeDesk.StartAsync();
        await using var prober = Start(desk, ("Prober__ExitWithStdin", "true"));
        await prober.WaitForLineAsync("started", Patience);

        prober.CloseInput();

        Assert.Equal(0, await prober.WaitForExitAsync(Patience));
    }

    [Fact]
    public async Task Killed_without_warning_it_leaves_no_cell_behind_not_even_one_that_cannot_move()
    {
        await using var silent = RawServer.Silent();
        await using var desk = await FakeDesk.StartAsync();
        desk.HandOut(Of(silent.Url, tenant: 3), Lane.Isolated);
        await using var prober = Start(desk, ("Egress__AllowPrivate", "true"));
        await prober.WaitForLineAsync("begins: shared", Patience);
        await prober.WaitForLineAsync("begins: tenant 3", Patience);
        await Eventually.GetAsync(() => Task.FromResult(silent.Accepted), accepted => accepted > 0, Patience);
        var cells = Diary.BegunIn(prober.Output.Split('\n'));
        await Signals.SendAsync(cells[0].Pid, "STOP");

        await prober.KillAsync();

        foreach (var (pid, _) in cells)
        {
            await Eventually.GetAsync(() => Task.FromResult(Signals.Lives(pid)), lives => !lives, Patience);
        }
    }

    [Fact]
    public async Task Each_lane_is_asked_for_and_each_tenant_has_a_process_of_its_own()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);
        await using var desk = await FakeDesk.StartAsync();
        await using var prober = Start(desk, ("Egress__AllowPrivate", "true"), ("Prober__IsolatedCells", "1"));
        desk.HandOut(Of(server.Url, tenant: 3, number: 1), Lane.Isolated);
        desk.HandOut(Of(server.Url, tenant: 4, number: 2), Lane.Isolated);
        desk.HandOut(Of(server.Url, tenant: 5, number: 3), Lane.Shared);
        desk.HandOut(Of(server.Url, tenant: 6, number: 4), Lane.Now);
        await Eventually.GetAsync(() => Task.FromResult(desk.Reports.Count), count => count == 4, Patience);

        Assert.All(desk.Reports, report => Assert.Equal(ServerState.Live, report.Attempts[0].State));
        var cells = Diary.BegunIn(prober.Output.Split('\n'));
        Assert.Equal(
            ["shared", "tenant 3", "tenant 4"],
            cells.Select(cell => cell.Owner).Order(StringComparer.Ordinal)
        );
        Assert.Equal(3, cells.DistinctBy(cell => cell.Pid).Count());
    }

    [Fact]
    public async Task Asked_to_end_it_lets_running_tries_end_reports_them_and_leaves_nothing_behind()
    {
        var slow = Specimens.Healthy with { Delay = TimeSpan.FromMilliseconds(700) };
        await using var one = await FakeMcpServer.StartAsync(slow);
        await using var two = await FakeMcpServer.StartAsync(slow);
        await using var desk = await FakeDesk.StartAsync();
        await using var prober = Start(desk, ("Egress__AllowPrivate", "true"));
        desk.HandOut(Of(one.Url, tenant: 3), Lane.Isolated);
        desk.HandOut(Of(two.Url, tenant: 4, number: 2), Lane.Shared);
        await Eventually.GetAsync(
            () => Task.FromResult(Math.Min(one.Requests.Count, two.Requests.Count)),
            count => count > 0,
            Patience
        );

        await Signals.SendAsync(prober.Id, "TERM");

        Assert.Equal(0, await prober.WaitForExitAsync(Patience));
        Assert.Equal(2, desk.Reports.Count);
        Assert.DoesNotContain(desk.Reports, report => report.Attempts[0].Why is (Why.CellBusy or Why.CellKilled));
        var cells = Diary.BegunIn(prober.Output.Split('\n'));
        foreach (var (pid, _) in cells)
        {
            await Eventually.GetAsync(() => Task.FromResult(Signals.Lives(pid)), lives => !lives, Patience);
        }
    }

    [Fact]
    public async Task What_its_cells_did_is_told_to_the_desk_the_last_rows_when_it_ends()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);
        await using var desk = await FakeDesk.StartAsync();
        await using var prober = Start(desk, ("Egress__AllowPrivate", "true"));
        desk.HandOut(Of(server.Url, tenant: 3), Lane.Isolated);
        await desk.Reported.WaitAsync(Patience);
        var cell = Diary.BegunIn(prober.Output.Split('\n')).Single(begun => begun.Owner == "tenant 3");
        await Signals.SendAsync(cell.Pid, "KILL");

        // While it runs: the cell that was killed, and for whom.
        await Eventually.GetAsync(
            () =>
                Task.FromResult(
                    (Rows: desk.Cells.Sum(told => told.Cells.Count), Kills: desk.Cells.Sum(told => told.Kills.Count))
                ),
            told => told is { Rows: > 0, Kills: > 0 },
            Patience
        );
        await Signals.SendAsync(prober.Id, "TERM");
        Assert.Equal(0, await prober.WaitForExitAsync(Patience));

        var lines = desk.Cells.SelectMany(told => told.Cells).ToList();
        var killed = Assert.Single(lines, line => line.Tenant == 3);
        Assert.Equal(
            ("isolated", "crashed", 137, 1, 0),
            (killed.Lane, killed.End, killed.ExitCode, killed.Orders, killed.Open)
        );
        Assert.True(killed.Bytes > 0 && killed.Wall > TimeSpan.Zero);
        Assert.All(desk.Cells.SelectMany(told => told.Kills), kills => Assert.Equal(new CellKills(3, 1), kills));
        Assert.Equal(("shared", "stopped"), (lines[^1].Lane, lines[^1].End));
    }

    [Fact]
    public async Task A_flood_of_one_tenants_hanging_servers_takes_no_place_of_the_shared_lane()
    {
        await using var silent = RawServer.Silent();
        await using var healthy = await FakeMcpServer.StartAsync(Specimens.Healthy);
        await using var desk = await FakeDesk.StartAsync();
        await using var prober = Start(desk, ("Egress__AllowPrivate", "true"), ("Prober__InFlight", "2"));
        // Another host by its name: of one host no lane may have more than four at once.
        var elsewhere = new UriBuilder(silent.Url) { Host = "localhost" }.Uri;
        for (var number = 1; number <= 300; number++)
        {
            desk.HandOut(Of(elsewhere, tenant: 3, number: number), Lane.Isolated);
        }

        await Eventually.GetAsync(() => Task.FromResult(silent.Accepted), accepted => accepted > 0, Patience);
        for (var number = 1_001; number <= 1_010; number++)
        {
            desk.HandOut(Of(healthy.Url, tenant: 4, number: number), Lane.Shared);
        }

        await Eventually.GetAsync(
            () => Task.FromResult(desk.Reports.Count(report => report.Server.Tenant == new TenantId(4))),
            count => count == 10,
            Patience
        );
        Assert.DoesNotContain(
            desk.Reports,
            report =>
                report.Server.Tenant == new TenantId(4)
                && report.Attempts[0].Why is (Why.CellBusy or Why.HostBusy or Why.CellKilled)
        );
    }

    [Fact]
    public async Task Wrong_settings_end_it_in_sentences()
    {
        await using var prober = ProgramUnderTest.Start(
            "AliveMcp.Prober",
            [],
            new Dictionary<string, string> { ["Prober__Region"] = "local" }
        );

        Assert.Equal(78, await prober.WaitForExitAsync(Patience));
        Assert.Contains("Prober:Desk", prober.Output, StringComparison.Ordinal);
        Assert.Contains("Prober:Token", prober.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", prober.Output, StringComparison.Ordinal);
    }

    private static ProbeTicket Of(Uri url, int tenant, int number = 1)
    {
        var ticket = Order.Ticket(number, tenant: tenant) with { MayRetry = false };
        return ticket with { Order = ticket.Order with { Url = url } };
    }

    private static ProgramUnderTest Start(FakeDesk desk, params (string Key, string Value)[] settings)
    {
        var environment = new Dictionary<string, string>
        {
            ["Prober__Desk"] = desk.Url.AbsoluteUri,
            ["Prober__Token"] = FakeDesk.Token,
            ["Prober__Region"] = "local",
        };
        foreach (var (key, value) in settings)
        {
            environment[key] = value;
        }

        return ProgramUnderTest.Start("AliveMcp.Prober", [], environment);
    }
}
