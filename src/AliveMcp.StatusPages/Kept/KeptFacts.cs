using AliveMcp.StatusPages.Pages;

namespace AliveMcp.StatusPages.Kept;

/// <summary>What a page showed besides when the archive last told.</summary>
internal sealed record KeptFacts(PageFacts Facts, DateTimeOffset At);
