using AliveMcp.Alerting.Changes;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Kinds;

/// <summary>
/// What becomes of a certificate's incident. It is named by the minute in which the certificate ends: one certificate has one, whoever looks
/// and however often. Pure.
/// </summary>
internal static class CertificateRule
{
    /// <summary>
    /// So long a new one must have been the only one seen: while edges are renewed one after the other, both come, and an edge may be looked at
    /// as seldom as once an hour.
    /// </summary>
    private static readonly TimeSpan Settled = TimeSpan.FromHours(2);

    /// <summary>Null: nothing.</summary>
    /// <param name="row">What is known.</param>
    /// <param name="open">The incident that is open; null: none.</param>
    /// <param name="isWanted">Its owner wants to hear of certificates, and it is looked at.</param>
    /// <param name="now">The time.</param>
    public static ChangeAct? Next(ReachRow row, OpenExpiry? open, bool isWanted, DateTimeOffset now)
    {
        if (row.Ends is not { } ends)
        {
            return open is null ? null : ChangeAct.Unwatched;
        }

        if (open is not null && open.Name != MinuteStamp.Of(ends).Value)
        {
            return row.At is { } at && now - at < Settled ? null
                : MinuteStamp.Of(ends).Value > open.Name ? ChangeAct.Closed
                : ChangeAct.Unwatched;
        }

        var stage = CertificateStage.Of(row.Begins, ends, now);
        return !isWanted || stage <= row.Told ? null
            : open is null
                ? row.Told == CertificateStage.None ? ChangeAct.Opened
                    : null
            : ChangeAct.Nearer;
    }
}
