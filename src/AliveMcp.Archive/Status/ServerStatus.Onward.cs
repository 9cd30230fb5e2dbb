using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Archive.Status;

public sealed partial record ServerStatus
{
    /// <summary>
    /// The status while the archive cannot be read: the verdict is what is at hand, figures stay as they were last told.
    /// </summary>
    /// <param name="last">What was told last.</param>
    /// <param name="hot">What is at hand.</param>
    /// <param name="now">The moment of asking.</param>
    /// <returns>Null when nothing is at hand: then nobody can say.</returns>
    internal static ServerStatus? Onward(ServerStatus last, Hot hot, DateTimeOffset now)
    {
        if (hot.Last is null)
        {
            return null;
        }

        var seen = From(hot, new StatusRollups(), now);
        var status = seen with
        {
            // The run reaches further back than what is at hand.
            Since = seen.Since ?? (seen.State == last.State ? last.Since : null),
            Uptime24h = last.Uptime24h,
            Uptime30d = last.Uptime30d,
            Coverage30d = last.Coverage30d,
            P95Ms = last.P95Ms,
            DriftInLast24h = last.DriftInLast24h,
            Version = "",
        };
        return status with { Version = VersionOf(status) };
    }
}
