namespace AliveMcp.Archive.History;

/// <summary>Whether a text is a place, and which.</summary>
internal delegate bool TryReadPlace<TPlace>(string text, out TPlace place);
