namespace AliveMcp.StatusPages.Standings;

/// <summary>A value and when it was last known to be right. <paramref name="Value"/> is null only when nobody could say yet.</summary>
internal readonly record struct Reading<T>(T? Value, DateTimeOffset RefreshedAt)
    where T : class;
