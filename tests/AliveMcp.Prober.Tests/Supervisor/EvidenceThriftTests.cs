using AliveMcp.Prober.Supervisor;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;

namespace AliveMcp.Prober.Tests.Supervisor;

public sealed class EvidenceThriftTests
{
    private static readonly ServerKey Server = new(TenantId.Local, new ServerId(1));

    [Fact]
    public void Evidence_travels_when_the_reason_is_new_or_the_last_one_is_old()
    {
        var clock = new TestClock(DateTimeOffset.UnixEpoch);
        var thrift = new EvidenceThrift(clock);

        Assert.True(thrift.Sends(Server, Why.Timeout));
        Assert.False(thrift.Sends(Server, Why.Timeout));
        Assert.True(thrift.Sends(Server, Why.HttpError));
        clock.Advance(TimeSpan.FromMinutes(14));
        Assert.False(thrift.Sends(Server, Why.HttpError));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(thrift.Sends(Server, Why.HttpError));
    }

    [Fact]
    public void After_a_live_try_every_reason_is_new()
    {
        var thrift = new EvidenceThrift(new TestClock(DateTimeOffset.UnixEpoch));
        thrift.Sends(Server, Why.Timeout);

        Assert.False(thrift.Sends(Server, Why.None));
        Assert.True(thrift.Sends(Server, Why.Timeout));
    }
}
