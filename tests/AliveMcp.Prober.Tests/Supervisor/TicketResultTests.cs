using System.Text.Json;
using AliveMcp.Contracts;
using AliveMcp.Prober.Cell;
using AliveMcp.Prober.Supervisor;
using AliveMcp.Prober.Tests.Builders;
using AliveMcp.Probing;
using AliveMcp.Probing.Evidence;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Tests.Supervisor;

public sealed class TicketResultTests
{
    [Fact]
    public void The_report_holds_every_try_and_what_all_of_them_cost()
    {
        var result = new TicketResult(
            Order.Ticket(),
            [Order.Result(ServerState.Down, Why.Timeout), Order.Result(ServerState.Live)]
        );

        var report = result.ToReport(withEvidence: true);

        Assert.Equal([ServerState.Down, ServerState.Live], report.Attempts.Select(attempt => attempt.State));
        Assert.Equal((6, 200L), (report.Observed.Requests, report.Observed.Bytes));
        Assert.Equal((result.Ticket.Signature, result.Ticket.Minute), (report.Signature, report.Minute));
        Assert.Null(report.Evidence);
    }

    [Fact]
    public void Only_a_list_that_the_desk_does_not_hold_is_new()
    {
        using var none = JsonDocument.Parse("[]");
        var contract = ContractHasher.Hash([.. none.RootElement.EnumerateArray()]);
        var order = Order.Ticket().Order;
        var seen = new ProbeResult
        {
            Attempt = new ProbeAttempt { State = ServerState.Live },
            Observed = new Observed(),
            Contract = contract,
        };

        Assert.Equal(contract.FullHash, Brought(seen, order)?.FullHash);
        Assert.Null(Brought(seen, order with { KnownContract = contract.FullHash }));
    }

    private static SeenContract? Brought(ProbeResult seen, ProbeOrder order) =>
        new TicketResult(Order.Ticket(), [TryResult.Of(seen, order)]).NewContract;

    [Fact]
    public void Evidence_travels_when_it_is_asked_for()
    {
        var failed = Order.Result(ServerState.Down, Why.HttpError) with
        {
            Evidence = new ProbeEvidence { Body = "oops" },
        };
        var result = new TicketResult(Order.Ticket(), [failed]);

        Assert.Equal("oops", ProbeEvidence.Unpack(result.ToReport(withEvidence: true).Evidence!).Body);
        Assert.Null(result.ToReport(withEvidence: false).Evidence);
    }
}
