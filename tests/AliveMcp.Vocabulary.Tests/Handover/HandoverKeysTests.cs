using AliveMcp.Vocabulary.Handover;

namespace AliveMcp.Vocabulary.Tests.Handover;

public sealed class HandoverKeysTests
{
    private static readonly ServerId Server = new(129);
    private static readonly MinuteStamp Minute = new(29_920_854);

    [Fact]
    public void Keys_are_spelled_so_that_a_shard_is_one_slot()
    {
        var shard = Shard.Of(Server);

        Assert.Equal("m:{s01}:129:29920854", HandoverKeys.Minute(Server, Minute));
        Assert.Equal("hot:{s01}:129", HandoverKeys.Hot(Server));
        Assert.Equal(
            ("sealed:{s01}", "seq:{s01}", "epoch:{s01}"),
            (HandoverKeys.Log(shard), HandoverKeys.Sequence(shard), HandoverKeys.Epoch(shard))
        );
    }

    [Fact]
    public void There_are_sixty_four_shards()
    {
        Assert.Equal(64, Shard.All.Distinct().Count());
        Assert.Equal("{s63}", Shard.Of(new ServerId(63)).Tag);
        Assert.Throws<ArgumentOutOfRangeException>(() => Shard.Of(64));
    }

    [Fact]
    public void A_member_is_read_back()
    {
        Assert.True(HandoverKeys.TryParseMember(HandoverKeys.Member(Server, Minute), out var server, out var minute));
        Assert.Equal((Server, Minute), (server, minute));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("129")]
    [InlineData(":5")]
    [InlineData("5:")]
    [InlineData("a:b")]
    [InlineData("-1:5")]
    public void Anything_else_is_no_member(string? member)
    {
        Assert.False(HandoverKeys.TryParseMember(member, out _, out _));
    }
}
