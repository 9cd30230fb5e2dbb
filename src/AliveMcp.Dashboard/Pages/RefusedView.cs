namespace AliveMcp.Dashboard.Pages;

/// <summary>A page that only says why there is no other.</summary>
public sealed record RefusedView(Ground Ground, string Title, string Text);
