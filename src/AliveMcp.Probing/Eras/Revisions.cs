using System.Globalization;

namespace AliveMcp.Probing.Eras;

/// <summary>The protocol revisions that we speak, and how we name ourselves in them.</summary>
internal static class Revisions
{
    public const string ClientName = "AliveMCP";
    public const string ClientVersion = "0.1.0";

    /// <summary>The newest revision that begins with <c>initialize</c>: what we ask for.</summary>
    public const string NewestInitialize = "2025-11-25";

    /// <summary>The revision of the discover era that we speak.</summary>
    public const string Discover = "2026-07-28";

    /// <summary>What a negotiated version means to us.</summary>
    public enum Standing
    {
        /// <summary>We speak it.</summary>
        Known,

        /// <summary>A well-formed date after the newest we know: our ignorance, we go on.</summary>
        Newer,

        /// <summary>Anything else.</summary>
        Unknown,
    }

    public static bool IsInitializeEra(string? version) =>
        version is "2024-11-05" or "2025-03-26" or "2025-06-18" or NewestInitialize;

    public static Standing Of(string version) =>
        IsInitializeEra(version) || string.Equals(version, Discover, StringComparison.Ordinal) ? Standing.Known
        : IsDate(version) && string.CompareOrdinal(version, Discover) > 0 ? Standing.Newer
        : Standing.Unknown;

    /// <summary>The version header came with 2025-06-18; older servers never saw one.</summary>
    public static bool WantsVersionHeader(string version) => string.CompareOrdinal(version, "2025-06-18") >= 0;

    private static bool IsDate(string version) =>
        DateOnly.TryParseExact(version, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
