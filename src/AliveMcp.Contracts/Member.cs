namespace AliveMcp.Contracts;

/// <summary>A member of an object: its key, and where its text stands in the output, comma included.</summary>
internal readonly record struct Member(MemberKey Key, int Start, int End);
