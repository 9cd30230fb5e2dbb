using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Looks;

/// <summary>The marks that tell a state without colour, as SVG paths to be stroked in a box of 10 by 10: a check, a bang, a cross, a question mark.</summary>
internal static class StateShapes
{
    public static string Mark(ServerState state) =>
        state switch
        {
            ServerState.Live => "M2.2 5.3l2 2 3.6-4.4",
            ServerState.Degraded => "M5 2v3.6M5 7.9v.1",
            ServerState.Down => "M2.8 2.8l4.4 4.4M7.2 2.8L2.8 7.2",
            _ => "M3.4 3.7a1.7 1.7 0 1 1 2.5 1.5c-.6.3-.9.6-.9 1.1M5 8.1v.1",
        };

    /// <summary>The mark's frame: a circle, a triangle, an octagon, a dashed ring; filled, except the ring.</summary>
    public static string Frame(ServerState state) =>
        state switch
        {
            ServerState.Degraded =>
                "M10 1.6a1.6 1.6 0 0 1 1.4.8l7.4 13.4a1.6 1.6 0 0 1-1.4 2.4H2.6a1.6 1.6 0 0 1-1.4-2.4L8.6 2.4a1.6 1.6 0 0 1 1.4-.8z",
            ServerState.Down => "M6.3 1.2h7.4l5.1 5.1v7.4l-5.1 5.1H6.3l-5.1-5.1V6.3z",
            _ => "M10 .8a9.2 9.2 0 1 1 0 18.4A9.2 9.2 0 0 1 10 .8z",
        };
}
