using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Steps;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Eras;

/// <summary>
/// Asks, behind everything else, whether the era that the probe did not come in by answers as well: one <c>initialize</c>, whose session is ended,
/// or one <c>server/discover</c>. Its time is its own: it counts neither as latency nor as slowness.
/// </summary>
internal static class OtherLegLook
{
    /// <summary>Whether it answers (null: nothing could be told), and where it stopped.</summary>
    public static async ValueTask<(bool? Answers, Stop? Stop)> LookAsync(Opening opening, Courier courier)
    {
        // Legacy HTTP+SSE has one era only. And silence counts only where there was time to break it.
        if (opening.Transport is not StreamableHttp || courier.Wire.Deadline.Left < courier.Limits.Discover)
        {
            return (null, null);
        }

        var shown = courier.Wire.LastResponse;
        courier.Wire.Deadline.Narrow(courier.Limits.Discover);
        var leg = new StreamableHttp(courier);
        try
        {
            var stop =
                opening.Era == Era.Initialize
                    ? (await DiscoverEra.OpenAsync(leg, new Logbook())).Opening.Stop
                    : (await InitializeEra.AskAsync(leg, new Logbook())).Stop;
            courier.Wire.Deadline.ThrowIfCalledOff();
            return (Tells(stop), stop);
        }
        finally
        {
            courier.Wire.Widen();
            courier.Wire.LastResponse = shown;
            if (await leg.LeaveAsync() is not null)
            {
                // The goodbye of this leg was owed whoever called; the probe itself goes on.
                courier.Wire.Deadline.TakeUp();
            }
        }
    }

    // The table that finds out an unknown era decides here, too. Doors, quotas, walls and our own troubles tell nothing about eras.
    private static bool? Tells(Stop? stop) =>
        stop switch
        {
            null => true,
            { Fault: WireFault.HttpStatus, Status: 401 or 403 or 429 } => null,
            { Signs.Wall: not null } => null,
            { Fault: WireFault.NoRoute or WireFault.Unfit or WireFault.AddressNotAllowed } => null,
            { Fault: WireFault.RpcError, Step: ProbeStep.Discover, Error: { } error } => SpeaksModern(error),
            _ => false,
        };

    // -32020 and -32021 say that our request breaks rules which only this era has.
    private static bool SpeaksModern(RpcError error) =>
        error.Code switch
        {
            ErrorCode.HeaderMismatch or ErrorCode.CapabilityMissing => true,
            ErrorCode.UnsupportedVersion => error.Supported is [] || !error.Supported.All(Revisions.IsInitializeEra),
            ErrorCode.InvalidParams => error.Message?.Contains("_meta", StringComparison.Ordinal) == true,
            _ => false,
        };
}
