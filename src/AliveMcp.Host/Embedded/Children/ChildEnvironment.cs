using System.Collections;

namespace AliveMcp.Host.Embedded.Children;

/// <summary>What children of ours inherit: everything but our own settings, above all no connection string.</summary>
internal static class ChildEnvironment
{
    private static readonly string[] Ours =
    [
        "ConnectionStrings__",
        "Embedded__",
        "ASPNETCORE_",
        "ALIVEMCP_",
        "Egress__",
        "Roles",
    ];

    /// <summary>The variables to take away, and those to add.</summary>
    public static Dictionary<string, string?> WithoutOurs(params IEnumerable<(string Name, string Value)> added)
    {
        var changes = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(variable => (string)variable.Key)
            .Where(name => Array.Exists(Ours, ours => name.StartsWith(ours, StringComparison.OrdinalIgnoreCase)))
            .ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);
        foreach (var (name, value) in added)
        {
            changes[name] = value;
        }

        return changes;
    }
}
