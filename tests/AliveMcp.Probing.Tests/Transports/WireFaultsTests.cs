using System.Net.Sockets;
using System.Text;
using AliveMcp.Egress;
using AliveMcp.Probing.Transports;

namespace AliveMcp.Probing.Tests.Transports;

public sealed class WireFaultsTests
{
    [Fact]
    public void What_the_stack_throws_for_no_reason_of_the_targets_is_not_read_as_its_fault()
    {
        Exception[] ours =
        [
            new HttpRequestException(
                HttpRequestError.ConnectionError,
                null,
                new SocketException((int)SocketError.TooManyOpenSockets)
            ),
            new HttpRequestException(HttpRequestError.Unknown, "only ASCII"),
            new InvalidOperationException("a bug"),
        ];

        Assert.All(ours, e => Assert.False(WireFaults.TryRead(e, out _, out _)));
    }

    [Theory]
    [InlineData(HttpRequestError.InvalidResponse, nameof(WireFault.HttpMalformed))]
    [InlineData(HttpRequestError.HttpProtocolError, nameof(WireFault.HttpMalformed))]
    [InlineData(HttpRequestError.ResponseEnded, nameof(WireFault.Reset))]
    [InlineData(HttpRequestError.ConfigurationLimitExceeded, nameof(WireFault.Flood))]
    public void What_the_target_did_is_read_by_its_name(HttpRequestError error, string fault)
    {
        Assert.True(WireFaults.TryRead(new HttpRequestException(error, "x"), out var read, out _));
        Assert.Equal(fault, read.ToString());
    }

    [Theory]
    [InlineData(DialFault.Unfit)]
    [InlineData(DialFault.NoFamily)]
    public void A_dial_that_this_machine_could_not_make_is_our_own_fault(DialFault fault) =>
        Assert.Equal(WireFault.Unfit, DialFaults.Wire(fault));

    [Fact]
    public void Long_words_of_a_stranger_are_cut_when_they_are_read()
    {
        var body = $$$"""{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"{{{new string('x', 100_000)}}}"}}""";
        var error = RpcEnvelope.ErrorIn(Encoding.UTF8.GetBytes(body), 1, 8, out _);
        using var parser = new SseParser();
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes($"event: {new string('x', 100_000)}\ndata: a\n\n");

        Assert.True(parser.TryNext(ref rest));
        Assert.Equal((2048, 256), (error!.Message!.Length, parser.EventType.Length));
    }
}
