namespace AliveMcp.House.Tests.Sources;

/// <summary>A declared type.</summary>
/// <param name="Name">Without type parameters.</param>
/// <param name="Line">The line of its declaration, counted from 1.</param>
/// <param name="IsPublic">Declared <c>public</c>.</param>
/// <param name="HasDocstring">A <c>///</c> line stands above it (attributes may stand between).</param>
internal sealed record CodeType(string Name, int Line, bool IsPublic, bool HasDocstring);
