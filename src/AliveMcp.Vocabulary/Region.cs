using System.Text.RegularExpressions;

namespace AliveMcp.Vocabulary;

/// <summary>Where a prober runs, for example <c>us-east</c>. The list of regions is configuration, never a constant.</summary>
public readonly partial record struct Region
{
    private Region(string name) => Name = name;

    /// <summary>1 to 32 characters of <c>a-z 0-9 -</c>, beginning and ending with a letter or digit.</summary>
    public string Name { get; }

    /// <summary>Takes a name that is known to be good, such as one that was stored before.</summary>
    /// <exception cref="ArgumentException">The name is not a region's name.</exception>
    public static Region Of(string name) =>
        TryParse(name, out var region)
            ? region
            : throw new ArgumentException($"'{name}' is not a region's name.", nameof(name));

    /// <summary>Takes a name from outside.</summary>
    public static bool TryParse(string? name, out Region region)
    {
        region = default;
        if (name is null || !Shape().IsMatch(name))
        {
            return false;
        }

        region = new Region(name);
        return true;
    }

    public override string ToString() => Name;

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
