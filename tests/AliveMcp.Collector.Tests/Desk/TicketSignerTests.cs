using AliveMcp.Collector.Desk;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Tests.Desk;

public sealed class TicketSignerTests
{
    private static readonly ServerKey Server = new(TenantId.Local, new ServerId(7));
    private static readonly MinuteStamp Minute = new(29_000_000);
    private static readonly TicketSigner Signer = new([.. Enumerable.Repeat((byte)7, 32)]);

    [Fact]
    public void A_signature_is_good_for_its_own_ticket_alone()
    {
        var signature = Signer.Sign("p1", Server, Sample.Local, Minute);

        Assert.True(Signer.Verifies(signature, "p1", Server, Sample.Local, Minute));
        Assert.False(Signer.Verifies(signature, "p2", Server, Sample.Local, Minute));
        Assert.False(Signer.Verifies(signature, "p1", Server with { Server = new ServerId(8) }, Sample.Local, Minute));
        Assert.False(Signer.Verifies(signature, "p1", Server with { Tenant = TenantId.Public }, Sample.Local, Minute));
        Assert.False(Signer.Verifies(signature, "p1", Server, Sample.East, Minute));
        Assert.False(Signer.Verifies(signature, "p1", Server, Sample.Local, Minute + 1));
        Assert.False(new TicketSigner(new byte[32]).Verifies(signature, "p1", Server, Sample.Local, Minute));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64 url!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Anything_else_is_refused(string? signature)
    {
        Assert.False(Signer.Verifies(signature, "p1", Server, Sample.Local, Minute));
    }
}
