namespace AliveMcp.StatusPages.Standings;

/// <summary>What looking a public slug up gave: a standing, or nobody of that name, or nobody could say.</summary>
/// <param name="Standing">Null when there is no such public server (a private one is none), or when nobody could say.</param>
/// <param name="CouldSay">False when neither store nor memory could answer.</param>
internal readonly record struct Finding(Standing? Standing, bool CouldSay);
