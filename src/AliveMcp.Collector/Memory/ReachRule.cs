using System.Collections.Immutable;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Memory;

/// <summary>
/// What is learnt of how a server is reached. Pure; gives the same object back when nothing is new. A server has many edges, and some of
/// them may still show an old certificate: the one that ends first is believed at once, another one when an hour has passed, so that edges
/// that disagree cost two writes an hour. A network is written once a day while it is seen, and of many a few are enough.
/// </summary>
internal static class ReachRule
{
    /// <summary>More networks than this say nothing about a common fate.</summary>
    private const int MostBlocks = 8;

    private const int LongestIssuer = 80;
    private const int KeptDays = 2;

    private static readonly TimeSpan Settled = TimeSpan.FromHours(1);

    /// <param name="reach">As it was.</param>
    /// <param name="entry">What the region says; nothing is learnt from one that never got through TLS, or is in doubt.</param>
    /// <param name="observed">What it brought along.</param>
    /// <param name="now">The time.</param>
    public static ServerReach Learn(ServerReach reach, RegionEntry entry, Observed observed, DateTimeOffset now) =>
        GotThrough(entry) ? LearnBlock(LearnCertificate(reach, observed, now), observed, now) : reach;

    private static bool GotThrough(RegionEntry entry) =>
        entry.State is ServerState.Live or ServerState.Degraded || entry.FailedAt is > ProbeStep.Tls;

    private static ServerReach LearnCertificate(ServerReach reach, Observed observed, DateTimeOffset now)
    {
        if (observed is not { CertificateEnds: { } told, CertificateBegins: var begins } || begins > told)
        {
            return reach;
        }

        // A prober may say it in the time of its own place.
        var ends = told.ToUniversalTime();

        var issuer = Issuer(observed.CertificateIssuer);
        var isSame = reach.CertificateEnds == ends && reach.CertificateIssuer == issuer;
        var isTold = !(reach.CertificateEnds <= ends) || now - reach.CertificateAt >= Settled;
        return isSame || !isTold
            ? reach
            : reach with
            {
                CertificateBegins = begins?.ToUniversalTime(),
                CertificateEnds = ends,
                CertificateIssuer = issuer,
                CertificateAt = now,
            };
    }

    private static ServerReach LearnBlock(ServerReach reach, Observed observed, DateTimeOffset now)
    {
        var today = (int)(now.ToUnixTimeSeconds() / 86_400);
        if (
            !AddressBlock.IsBlock(observed.AddressBlock)
            || reach.Blocks.GetValueOrDefault(observed.AddressBlock!) == today
        )
        {
            return reach;
        }

        var kept = reach
            .Blocks.Where(block => block.Value > today - KeptDays)
            .ToImmutableSortedDictionary(reach.Blocks.KeyComparer);
        return kept.Count >= MostBlocks && !kept.ContainsKey(observed.AddressBlock!)
            ? reach
            : reach with
            {
                Blocks = kept.SetItem(observed.AddressBlock!, today),
            };
    }

    /// <summary>The prober made it plain; the prober speaks with strangers all day.</summary>
    private static string? Issuer(string? text) =>
        text is { Length: > 0 and <= LongestIssuer }
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '\'' or ' ')
            ? text
            : null;
}
