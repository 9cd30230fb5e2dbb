namespace AliveMcp.Storage.Export;

/// <summary>A value that is JSON already.</summary>
/// <param name="Text">One JSON value.</param>
public sealed record RawJson(string Text);
