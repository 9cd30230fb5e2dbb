using System.Text.Json;

namespace AliveMcp.Contracts.Changes;

/// <summary>
/// Finds tools that only got a new name. Three looks, each taken only where it points at exactly one pair:
/// everything but the name is the same; the schemas are the same but for their texts; nearly everything is the same.
/// </summary>
internal static class Renames
{
    /// <summary>Pairs that the third look compares at most; beyond, near likeness is not looked for.</summary>
    private const int MostPairs = 40_000;

    /// <summary>Share of common features above which two tools are taken for one.</summary>
    private const double NearlySame = 0.7;

    public static (
        IReadOnlyList<(JsonPiece, JsonPiece)> Renamed,
        IReadOnlyList<JsonPiece> Removed,
        IReadOnlyList<JsonPiece> Added
    ) Find(List<JsonPiece> removed, List<JsonPiece> added)
    {
        var renamed = new List<(JsonPiece, JsonPiece)>();
        PairBy(AllButName, removed, added, renamed);
        PairBy(SchemaOnly, removed, added, renamed);
        PairNearest(removed, added, renamed);
        return (renamed, removed, added);
    }

    private static void PairBy(
        Func<JsonPiece, string?> signature,
        List<JsonPiece> removed,
        List<JsonPiece> added,
        List<(JsonPiece, JsonPiece)> renamed
    )
    {
        if (removed.Count == 0 || added.Count == 0)
        {
            return;
        }

        var old = removed.Where(IsNamed).ToLookup(signature, StringComparer.Ordinal);
        foreach (var group in added.Where(IsNamed).ToLookup(signature, StringComparer.Ordinal).ToList())
        {
            if (
                group.Key is not null
                && old[group.Key].Take(2).ToList() is [var was]
                && group.Take(2).ToList() is [var now]
            )
            {
                renamed.Add((was, now));
            }
        }

        SetAside(removed, added, renamed);
    }

    private static void PairNearest(
        List<JsonPiece> removed,
        List<JsonPiece> added,
        List<(JsonPiece, JsonPiece)> renamed
    )
    {
        if ((long)removed.Count * added.Count is 0 or > MostPairs)
        {
            return;
        }

        var old = removed.Where(IsNamed).Select(tool => (Tool: tool, Features: Features(tool))).ToList();
        var now = added.Where(IsNamed).Select(tool => (Tool: tool, Features: Features(tool))).ToList();
        var near = (
            from was in old
            from next in now
            where Likeness(was.Features, next.Features) >= NearlySame
            select (was.Tool, next.Tool)
        ).ToList();
        // Only what is near to nothing else: a guess between two would be told as a fact.
        var olds = near.CountBy(pair => pair.Item1).ToDictionary();
        var nows = near.CountBy(pair => pair.Item2).ToDictionary();
        renamed.AddRange(near.Where(pair => olds[pair.Item1] == 1 && nows[pair.Item2] == 1));
        SetAside(removed, added, renamed);
    }

    private static void SetAside(List<JsonPiece> removed, List<JsonPiece> added, List<(JsonPiece, JsonPiece)> renamed)
    {
        var paired = renamed.SelectMany(pair => (JsonPiece[])[pair.Item1, pair.Item2]).ToHashSet();
        removed.RemoveAll(paired.Contains);
        added.RemoveAll(paired.Contains);
    }

    private static bool IsNamed(JsonPiece tool) => tool.TextOf("name") is not null;

    private static string? AllButName(JsonPiece tool) =>
        string.Join('\n', tool.Members.Where(member => member.Key != "name").Select(Spelled));

    /// <summary>Schemas without their texts; null when there are no parameters that could tell one tool from another.</summary>
    private static string? SchemaOnly(JsonPiece tool) =>
        tool["inputSchema"]?["properties"] is not { Members.Count: > 0 }
            ? null
            : string.Join('\n', WithoutTexts(tool["inputSchema"]), WithoutTexts(tool["outputSchema"]));

    internal static string? WithoutTexts(JsonPiece? schema)
    {
        if (schema is null || schema.Raw.IsEmpty)
        {
            return null;
        }

        try
        {
            using var writer = new CanonicalWriter { ExactIntegers = true };
            writer.Write(schema.Raw.Span);
            using var contract = new PooledBuffer<byte>(writer.Written.Length);
            CanonicalSieve.Copy(writer.Written, Scope.Schema, contract);
            return Convert.ToBase64String(contract.Span);
        }
        catch (JsonException)
        {
            // Nested deeper than a canonical text may be: then it is like nothing else.
            return null;
        }
    }

    private static HashSet<string> Features(JsonPiece tool)
    {
        var features = new HashSet<string>(StringComparer.Ordinal);
        foreach (
            var member in tool.Members.Where(member => member.Key is "description" or "outputSchema" or "annotations")
        )
        {
            features.Add(Spelled(member));
        }

        foreach (var parameter in tool["inputSchema"]?["properties"]?.Members ?? [])
        {
            features.Add($"{parameter.Key}={WithoutTexts(parameter.Value)}");
            if (parameter.Value["description"] is { } described)
            {
                features.Add($"{parameter.Key}?{Convert.ToBase64String(described.Raw.Span)}");
            }
        }

        return features;
    }

    private static double Likeness(HashSet<string> one, HashSet<string> other)
    {
        var common = one.Count(other.Contains);
        return common < 2 ? 0 : (double)common / (one.Count + other.Count - common);
    }

    private static string Spelled(JsonPiece.Member member) =>
        $"{member.Key}:{Convert.ToBase64String(member.Value.Raw.Span)}";
}
