using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Contracts.Changes;
using AliveMcp.Contracts.Schemas;

namespace AliveMcp.Contracts.Tests.Changes;

/// <summary>What the comparison says of two schemas is held against what an evaluator says of values.</summary>
public sealed class SoundnessTests
{
    [Fact]
    public void Where_nothing_breaks_every_value_that_passed_still_passes()
    {
        var random = new Random(2020_12);
        var (kept, passed) = (0, 0);
        for (var round = 0; round < 600; round++)
        {
            var old = RandomTool.Make(random, "x")["inputSchema"]!.AsObject();
            var now = old.DeepClone().AsObject();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                MutationsTests.Mutate(now, random.Next(Mutations.OfSchema.Count), random);
            }

            if (Read(old) is not { } before || Read(now) is not { } after)
            {
                continue;
            }

            var changes = Diff.OfInput(old.ToJsonString(), now.ToJsonString());
            if (changes.Any(change => change.Class >= ChangeClass.Breaking))
            {
                continue;
            }

            kept++;
            for (var nth = 0; nth < 20; nth++)
            {
                var value = JsonElement.Parse(RandomValue.Of(old, old, random, 4)?.ToJsonString() ?? "null");
                if (before.Check(value) is not null)
                {
                    continue;
                }

                passed++;
                var fault = after.Check(value);
                Assert.True(fault is null, $"{fault}\n{value}\n{old.ToJsonString()}\n{now.ToJsonString()}");
            }
        }

        // Enough of both that the test means something.
        Assert.InRange(kept, 50, 600);
        Assert.InRange(passed, 500, 12_000);
    }

    private static JsonSchema? Read(JsonObject schema) =>
        JsonSchema.Read(schema.ToJsonString()).TryGet(out var read) ? read : null;
}
