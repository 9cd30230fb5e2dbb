namespace AliveMcp.House.Tests.Sources;

/// <summary>A member with a body: a method, constructor, operator or property.</summary>
/// <param name="Name">As it is written before its parameters, for example <c>RunAsync</c>.</param>
/// <param name="Line">The first line of its declaration, counted from 1.</param>
/// <param name="Lines">How many lines it takes from declaration to closing brace.</param>
internal sealed record CodeMember(string Name, int Line, int Lines);
