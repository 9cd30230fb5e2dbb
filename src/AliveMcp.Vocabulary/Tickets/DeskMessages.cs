namespace AliveMcp.Vocabulary.Tickets;

/// <summary>Body of <c>POST /prober/v1/lease</c>.</summary>
/// <param name="Prober">Name of the prober, unique in its region.</param>
/// <param name="Lane">Queue lane: <c>shared</c>, <c>isolated</c> or <c>now</c>.</param>
/// <param name="Max">Most tickets wanted, 1 to 200.</param>
public sealed record LeaseRequest(string Prober, string Lane = "shared", int Max = 200)
{
    public int V
    {
        get;
        init => field = value == 0 ? field : value;
    } = 1;
}

/// <summary>Answer of <c>POST /prober/v1/lease</c>; empty after a long poll of 2 s without work.</summary>
public sealed record LeaseAnswer(IReadOnlyList<ProbeTicket> Tickets)
{
    public int V
    {
        get;
        init => field = value == 0 ? field : value;
    } = 1;
}

/// <summary>Body of <c>POST /prober/v1/results</c>.</summary>
public sealed record ReportBatch(string Prober, IReadOnlyList<TicketReport> Reports)
{
    public int V
    {
        get;
        init => field = value == 0 ? field : value;
    } = 1;
}

/// <summary>Answer of <c>POST /prober/v1/results</c>: how many were taken, late (kept as evidence only) and refused (bad signature or unknown minute).</summary>
public sealed record ReportAnswer(int Recorded, int Late, int Refused)
{
    public int V
    {
        get;
        init => field = value == 0 ? field : value;
    } = 1;
}
