using AliveMcp.Archive.Drift;

namespace AliveMcp.Archive.Tests.Drift;

public sealed class ContractSwingsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("1", "")]
    [InlineData("1 2 3 4", "")]
    [InlineData("1 2 1", "")]
    [InlineData("1 2 1 2", "1 2")]
    [InlineData("9 1 2 1 2 8", "1 2")]
    [InlineData("1 2 3 1 2", "1 2 3")]
    public void Two_ways_back_are_a_swing(string settled, string between)
    {
        Assert.Equal(Marks(between), ContractSwings.Between(Marks(settled)));
    }

    [Fact]
    public void What_never_comes_back_never_swings_and_what_swings_on_stays_one()
    {
        var random = new Random(41);
        for (var round = 0; round < 500; round++)
        {
            var once = Enumerable.Range(0, random.Next(20)).Select(at => (ulong)at).ToArray();
            random.Shuffle(once);
            Assert.Empty(ContractSwings.Between(once));

            var swing = Enumerable.Range(0, random.Next(4, 40)).Select(at => (ulong)(100 + (at % 2))).ToArray();
            Assert.Equal([100ul, 101ul], ContractSwings.Between([.. once, .. swing]).Order());
        }
    }

    private static ulong[] Marks(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(mark => (ulong)(mark[0] - '0'))];
}
