using System.Text;

namespace AliveMcp.Contracts.Screening;

/// <summary>Names that look like other names (UTS #39): letters of several scripts in one word, disguised letters, or the twin of a known name.</summary>
internal static class LookAlikes
{
    /// <summary>Says what is wrong with a name; null when nothing is.</summary>
    /// <param name="name">Of a tool or a parameter.</param>
    /// <param name="known">Names that it must not imitate.</param>
    public static string? Fault(string name, IReadOnlySet<string> known)
    {
        if (!name.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return null;
        }

        if (name.EnumerateRunes().Any(rune => Letters.IsDisguised(rune.Value)))
        {
            return "The name holds Latin letters in disguise.";
        }

        if (IsMixed(name))
        {
            return "The name mixes letters of several scripts that look alike.";
        }

        var skeleton = Skeleton(name);
        return skeleton != name && known.Contains(skeleton)
            ? $"The name looks like \"{skeleton}\" and is another."
            : null;
    }

    private static bool IsMixed(string name)
    {
        // A word at a time: "url_адрес" is two words of two scripts and deceives nobody.
        var scripts = new HashSet<Script>();
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune.Value is '_' or '-' or '.' or '/' or ' ' or ':')
            {
                scripts.Clear();
                continue;
            }

            var script = Letters.ScriptOf(rune);
            if (script is Script.Latin or Script.Greek or Script.Cyrillic && scripts.Add(script) && scripts.Count > 1)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The name with every imitating letter replaced by the one it imitates.</summary>
    public static string Skeleton(string name)
    {
        var skeleton = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            skeleton.Append(new Rune(Letters.Imitated(rune.Value)));
        }

        return skeleton.ToString();
    }
}
