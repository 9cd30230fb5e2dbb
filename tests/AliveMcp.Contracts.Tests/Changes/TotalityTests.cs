using System.Text;
using AliveMcp.Contracts.Changes;

namespace AliveMcp.Contracts.Tests.Changes;

public sealed class TotalityTests
{
    [Fact]
    public void Any_two_texts_are_compared_without_a_fault_and_equal_ones_alone_are_the_same()
    {
        var random = new Random(8259);
        for (var round = 0; round < 600; round++)
        {
            var (before, after) = (Any(random), Any(random));
            var changes = ContractDiff.Compare(before, after);

            Assert.Equal(before.Span.SequenceEqual(after.Span), changes.Count == 0);
            Assert.Empty(ContractDiff.Compare(after, after));
            Assert.NotNull(ContractDiff.CompareAcross(before, "2025-06-18", after, "2026-07-28"));
        }
    }

    [Fact]
    public void The_largest_list_that_a_probe_accepts_is_compared_whole()
    {
        var words = new string('w', 700);
        var tools = (string type) =>
            Enumerable
                .Range(0, 5_000)
                .Select(at =>
                    $"{{\"name\":\"t{at}\",\"description\":\"{words}\",\"inputSchema\":{{\"properties\":{{\"p\":{{\"type\":\"{type}\"}}}}}}}}"
                );

        var changes = ContractDiff.Compare(Diff.Canonical(tools("string")), Diff.Canonical(tools("integer")));

        Assert.Equal(5_000, changes.Count);
        Assert.All(changes, change => Assert.Equal("type_changed", change.Code));
    }

    private static ReadOnlyMemory<byte> Any(Random random)
    {
        var schema = RandomJson.Print(RandomJson.Value(random, 4), random);
        var text = random.Next(8) switch
        {
            0 => schema,
            1 => $"{{\"tools\":{schema}}}",
            2 => $"{{\"tools\":[{schema},{schema}],\"prompts\":{schema}}}",
            3 => $"{{\"tools\":[{{\"name\":\"x\",\"annotations\":{schema},\"outputSchema\":{schema}}}]}}",
            4 =>
                $"{{\"tools\":[{{\"name\":\"x\",\"inputSchema\":{{\"anyOf\":[{schema}],\"items\":{schema},\"enum\":[{schema}]}}}}]}}",
            5 =>
                $"{{\"tools\":[{{\"name\":\"x\",\"inputSchema\":{{\"required\":{schema},\"minimum\":{schema},\"$ref\":\"#/a\",\"a\":{schema}}}}}]}}",
            _ => $"{{\"tools\":[{{\"name\":\"x\",\"inputSchema\":{schema}}}]}}",
        };
        return CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(text));
    }
}
