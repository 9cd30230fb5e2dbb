using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Vocabulary.Tests;

public sealed class RegionEntryTests
{
    [Theory]
    [InlineData("sha256:0102030405060708ffffffffffffffffffffffffffffffffffffffffffffffff", 0x0102_0304_0506_0708UL)]
    [InlineData("sha256:01", null)]
    [InlineData("sha256:zz02030405060708ffffffffffffffffffffffffffffffffffffffffffffffff", null)]
    [InlineData(null, null)]
    public void The_mark_is_the_hashs_first_eight_bytes(string? hash, ulong? mark)
    {
        Assert.Equal(mark, RegionEntry.MarkOf(hash));
    }
}
