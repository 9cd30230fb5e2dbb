using System.Text.Json.Nodes;
using AliveMcp.Contracts.Changes;

namespace AliveMcp.Contracts.Tests.Changes;

public sealed class MutationsTests
{
    [Fact]
    public void Every_single_change_of_a_schema_is_found_where_it_is_and_classed()
    {
        var random = new Random(20260728);
        var applied = new int[Mutations.OfSchema.Count];
        for (var round = 0; round < 15 * applied.Length; round++)
        {
            var kind = round % applied.Length;
            var old = RandomTool.Make(random, "x");
            var now = old.DeepClone().AsObject();
            var side = random.Next(2) == 0 ? "inputSchema" : "outputSchema";
            if (Mutate(now[side]!.AsObject(), kind, random) is not { } made)
            {
                continue;
            }

            applied[kind]++;
            var direction = side == "inputSchema" ? Direction.Input : Direction.Output;
            var expected = $"{Class(made.Mutation, direction)} {Code(made.Mutation, direction)} /{side}{made.Path}";
            Assert.Equal([expected], Diff.OfTool(old.ToJsonString(), now.ToJsonString()).Select(Diff.Short));
        }

        Assert.All(applied, count => Assert.NotEqual(0, count));
    }

    [Fact]
    public void Many_changes_at_once_are_all_found()
    {
        var random = new Random(9);
        for (var round = 0; round < 150; round++)
        {
            var old = RandomTool.Make(random, "x");
            var now = old.DeepClone().AsObject();
            var properties = now["inputSchema"]!["properties"]!.AsObject();
            var expected = new HashSet<string>();
            foreach (var name in properties.Select(parameter => parameter.Key).Where(name => name[0] == 'p').ToList())
            {
                var kind = random.Next(Mutations.OfSchema.Count);
                if (Mutations.OfSchema[kind](properties[name]!.AsObject(), random) is { } mutation)
                {
                    expected.Add($"{Code(mutation, Direction.Input)} /inputSchema/properties/{name}{mutation.Path}");
                }
            }

            var found = Diff.OfTool(old.ToJsonString(), now.ToJsonString())
                .Select(change => $"{change.Code} {change.Path}");

            Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Turned_around_a_change_means_the_opposite()
    {
        var random = new Random(11);
        for (var round = 0; round < 400; round++)
        {
            var old = RandomTool.Make(random, "x");
            var now = old.DeepClone().AsObject();
            if (Mutate(now["inputSchema"]!.AsObject(), random.Next(Mutations.OfSchema.Count), random) is null)
            {
                continue;
            }

            var there = Assert.Single(Diff.OfTool(old.ToJsonString(), now.ToJsonString()));
            var back = Assert.Single(Diff.OfTool(now.ToJsonString(), old.ToJsonString()));

            Assert.Equal(Opposite(there.Code), back.Code);
        }
    }

    [Fact]
    public void Whatever_differs_is_told_and_what_does_not_is_not()
    {
        var random = new Random(17);
        for (var round = 0; round < 300; round++)
        {
            var old = Enumerable.Range(0, random.Next(5)).Select(at => RandomTool.Make(random, $"t{at}")).ToArray();
            var now = old.Select(tool => tool.DeepClone().AsObject()).ToArray();
            random.Shuffle(now);
            var print = (JsonObject[] tools) => tools.Select(tool => RandomJson.Print(tool, random)).ToArray();

            Assert.Empty(Diff.Of(print(old), print(now)));
            if (now.Length > 0)
            {
                now[0]["inputSchema"]!["properties"]!["own"] = RandomJson.Value(random, 3);
                Assert.NotEmpty(Diff.Of(print(old), print(now)));
            }
        }
    }

    [Fact]
    public void Equal_contracts_differ_in_texts_alone()
    {
        var random = new Random(19);
        for (var round = 0; round < 300; round++)
        {
            var old = RandomTool.Make(random, "x");
            var now = old.DeepClone().AsObject();
            Mutate(now["inputSchema"]!.AsObject(), random.Next(Mutations.OfSchema.Count), random);
            var (before, after) = (
                ContractHasher.Hash(Parsed.Tools(old.ToJsonString())),
                ContractHasher.Hash(Parsed.Tools(now.ToJsonString()))
            );
            var changes = ContractDiff.Compare(before.Canonical, after.Canonical);

            Assert.Equal(before.FullHash == after.FullHash, changes.Count == 0);
            if (before.ContractHash == after.ContractHash)
            {
                Assert.All(changes, change => Assert.Equal(ChangeClass.Text, change.Class));
            }
        }
    }

    internal static (Mutation Mutation, string Path)? Mutate(JsonObject root, int kind, Random random)
    {
        var places = Places(root, "").ToArray();
        random.Shuffle(places);
        foreach (var (path, schema) in places)
        {
            if (Mutations.OfSchema[kind](schema, random) is { } mutation)
            {
                return (mutation, path + mutation.Path);
            }
        }

        return null;
    }

    /// <summary>All schemas within a schema, with their pointers.</summary>
    private static IEnumerable<(string Path, JsonObject Schema)> Places(JsonObject schema, string path)
    {
        yield return (path, schema);
        foreach (var holder in new[] { "properties", "$defs" })
        {
            foreach (var (name, part) in schema[holder]?.AsObject() ?? [])
            {
                foreach (var place in Places(part!.AsObject(), $"{path}/{holder}/{name}"))
                {
                    yield return place;
                }
            }
        }

        if (schema["items"] is JsonObject items)
        {
            foreach (var place in Places(items, $"{path}/items"))
            {
                yield return place;
            }
        }

        foreach (var (index, branch) in (schema["anyOf"]?.AsArray() ?? []).Index())
        {
            foreach (var place in branch is JsonObject choice ? Places(choice, $"{path}/anyOf/{index}") : [])
            {
                yield return place;
            }
        }
    }

    private static string Code(Mutation mutation, Direction direction)
    {
        var code = mutation.Code;
        if (direction == Direction.Input)
        {
            return code.Replace("*", "parameter", StringComparison.Ordinal);
        }

        return code.Replace("*", "output_field", StringComparison.Ordinal)
            .Replace("_added_required", "_added", StringComparison.Ordinal);
    }

    private static ChangeClass Class(Mutation mutation, Direction direction) =>
        (mutation.Effect, direction) switch
        {
            (Effect.None, _) => ChangeClass.Text,
            (Effect.Other, Direction.Output) when mutation.Code == "default_changed" => ChangeClass.Text,
            (Effect.Added, _) => ChangeClass.Additive,
            (Effect.Wider, Direction.Input) or (Effect.Narrower, Direction.Output) => ChangeClass.Additive,
            _ => ChangeClass.Breaking,
        };

    private static string Opposite(string code) =>
        code switch
        {
            "parameter_added" or "parameter_added_required" => "parameter_removed",
            "parameter_removed" => "parameter_added_required",
            "parameter_now_required" => "parameter_now_optional",
            "parameter_now_optional" => "parameter_now_required",
            _ when code.EndsWith("_narrowed", StringComparison.Ordinal) => code.Replace("_narrowed", "_widened"),
            _ when code.EndsWith("_widened", StringComparison.Ordinal) => code.Replace("_widened", "_narrowed"),
            _ => code,
        };
}
