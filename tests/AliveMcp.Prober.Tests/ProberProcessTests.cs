using AliveMcp.Prober.Tests.Builders;
using AliveMcp.Testing.Processes;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;

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
