using System.Text.Json;

namespace AliveMcp.Contracts.Tests;

public sealed class KnownListsTests
{
    private const string List = """[{"name":"a","inputSchema":{"type":"object"}},{"name":"b"}]""";
    private readonly KnownLists _lists = new(most: 2);

    [Fact]
    public void An_unchanged_list_is_recognised_and_says_the_same()
    {
        var first = Look(List, Full(List));

        var second = Look(List, Full(List));

        Assert.Same(first, second);
        Assert.Equal(ContractHasher.Hash(Tools(List)).ContractHash, second.Document.ContractHash);
        Assert.Equal("input_schema_missing", Assert.Single(second.Faults).Code);
    }

    [Theory]
    [InlineData("""[{"name":"a","inputSchema":{"type":"object"}},{"name":"c"}]""")]
    [InlineData("""[{"name":"b"},{"name":"a","inputSchema":{"type":"object"}}]""")]
    [InlineData("""[{"name":"a","inputSchema":{"type":"object"}}]""")]
    [InlineData("""[]""")]
    public void Another_list_is_looked_at_although_the_known_one_was_expected(string other)
    {
        Look(List, Full(List));

        var seen = Look(other, Full(List));

        Assert.Equal(Full(other), seen.Document.FullHash);
        Assert.Equal(
            ToolListCheck.Check(Tools(other)).Select(fault => fault.Code),
            seen.Faults.Select(fault => fault.Code)
        );
    }

    [Fact]
    public void A_list_that_is_new_brings_its_text_every_time()
    {
        Look(List, Full(List));

        Assert.False(Look(List, known: null).Document.Canonical.IsEmpty);
        Assert.False(Look(List, Full("[]")).Document.Canonical.IsEmpty);
        Assert.True(Look(List, Full(List)).Document.Canonical.IsEmpty);
    }

    [Fact]
    public void A_list_full_of_faults_is_looked_at_anew_so_that_it_takes_no_memory()
    {
        var list = $"[{string.Join(',', Enumerable.Range(0, 21).Select(number => $$"""{"name":"tool{{number}}"}"""))}]";
        var first = Look(list, Full(list));

        var second = Look(list, Full(list));

        Assert.NotSame(first, second);
        Assert.Equal(first.Document.FullHash, second.Document.FullHash);
        Assert.Equal(first.Faults, second.Faults);
        Assert.Equal(21, second.Faults.Count);
    }

    [Fact]
    public void It_forgets_when_there_are_too_many_and_goes_on()
    {
        var lists = Enumerable.Range(0, 9).Select(number => $$"""[{"name":"tool{{number}}"}]""").ToList();

        foreach (var list in lists.Concat(lists))
        {
            Assert.Equal(Full(list), Look(list, Full(list)).Document.FullHash);
        }
    }

    private static string Full(string list) => ContractHasher.Hash(Tools(list)).FullHash;

    private static IReadOnlyList<JsonElement> Tools(string list) =>
        [.. JsonDocument.Parse(list).RootElement.EnumerateArray()];

    private CheckedList Look(string list, string? known) => _lists.Look(Tools(list), known);
}
