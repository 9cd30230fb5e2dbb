using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests.Judging;

/// <summary>Sightings to be judged, built by hand.</summary>
internal static class SeenServers
{
    public static ProbeOrder Order { get; } = new() { Url = new Uri("https://mcp.example/mcp") };

    public static Sighting Well { get; } =
        new()
        {
            OffersTools = true,
            List = new ListSighting { End = ListEnd.Whole, ToolCount = 3 },
        };

    public static HealthFault Trouble { get; } = new(Why.HealthDown, "expected HTTP 2xx, got HTTP 500", 500);

    public static CallSighting FailedCall(WireFault fault) =>
        new() { Tool = "t", Stop = Stop(fault, 200) with { Step = ProbeStep.TestCall } };

    public static Sighting ListStopped(Stop stop) =>
        Well with
        {
            List = new ListSighting { End = ListEnd.Stopped, Stop = stop with { Step = ProbeStep.ToolsList } },
        };

    public static Stop Stop(WireFault fault, int? status) =>
        new()
        {
            Step = ProbeStep.Initialize,
            Fault = fault,
            Status = status,
        };

    public static int Rank(ServerState state) =>
        state switch
        {
            ServerState.Live => 0,
            ServerState.Degraded => 1,
            _ => 2,
        };
}
