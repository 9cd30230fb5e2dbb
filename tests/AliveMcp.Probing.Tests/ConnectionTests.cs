using System.Net;
using System.Net.Sockets;
using AliveMcp.Egress;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Tests;

public sealed class ConnectionTests
{
    private static readonly EgressGuard Closed = new(new EgressOptions());

    [Fact]
    public async Task A_port_where_nobody_listens_refuses()
    {
        var result = await Probes.ProbeAsync(Probes.Order(RawServer.Nobody()));

        Assert.Equal(Expected.Down(Why.ConnectionRefused, ProbeStep.Connect), Expected.Of(result));
        Assert.Equal((0, 0), (result.Observed.Requests, result.Attempt.Phases.Handshake));
    }

    [Fact]
    public async Task A_private_address_is_not_dialled_unless_opened()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);

        var result = await new ServerProbe(Closed, TimeProvider.System).ProbeAsync(
            Probes.Order(server.Url),
            CancellationToken.None
        );

        Assert.Equal(Expected.Down(Why.AddressNotAllowed, ProbeStep.Connect), Expected.Of(result));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, Why.DnsNotFound)]
    [InlineData(SocketError.NoData, Why.DnsNotFound)]
    [InlineData(SocketError.TryAgain, Why.DnsFailed)]
    [InlineData(SocketError.NoRecovery, Why.DnsFailed)]
    public async Task A_name_that_does_not_resolve_is_told_from_a_resolver_that_fails(SocketError error, Why why)
    {
        var probe = new ServerProbe(Closed, TimeProvider.System)
        {
            Resolve = (_, _) => throw new SocketException((int)error),
        };

        var result = await probe.ProbeAsync(Probes.Order(new Uri("https://mcp.example/mcp")), CancellationToken.None);

        Assert.Equal(Expected.Down(why, ProbeStep.Resolve), Expected.Of(result));
        Assert.StartsWith("expected the name to lead", result.Attempt.Detail, StringComparison.Ordinal);
        Assert.Equal((0, 0), (result.Observed.Requests, result.Attempt.Phases.Handshake));
    }

    [Fact]
    public async Task A_resolver_that_is_silent_is_a_time_out_of_the_name()
    {
        var probe = new ServerProbe(Closed, TimeProvider.System)
        {
            Resolve = async (_, stop) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
                return [];
            },
        };
        var order = Probes.Order(new Uri("https://mcp.example/mcp"));

        var result = await probe.ProbeAsync(
            order with
            {
                Limits = order.Limits with { Total = TimeSpan.FromSeconds(0.5) },
            },
            CancellationToken.None
        );

        Assert.Equal(Expected.Down(Why.Timeout, ProbeStep.Resolve), Expected.Of(result));
        Assert.True(result.Attempt.Phases.Resolve > 300_000);
    }

    [Fact]
    public async Task A_name_that_changes_its_mind_is_asked_once()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.HealthySseLeftOpen);
        var asked = 0;
        var probe = new ServerProbe(
            new EgressGuard(new EgressOptions { Allow = ["127.0.0.0/8:*"] }),
            TimeProvider.System
        )
        {
            Resolve = (_, _) =>
                Task.FromResult<IPAddress[]>([asked++ == 0 ? IPAddress.Loopback : IPAddress.Parse("169.254.169.254")]),
        };

        var result = await probe.ProbeAsync(
            Probes.Order(new UriBuilder(server.Url) { Host = "rebinding.example" }.Uri),
            CancellationToken.None
        );

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_dead_address_beside_a_live_one_is_a_warning()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);
        var probe = new ServerProbe(
            new EgressGuard(new EgressOptions { Allow = ["127.0.0.0/8:*"] }),
            TimeProvider.System
        )
        {
            Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("127.0.0.77"), IPAddress.Loopback]),
        };

        var result = await probe.ProbeAsync(
            Probes.Order(new UriBuilder(server.Url) { Host = "two.example" }.Uri),
            CancellationToken.None
        );

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Single(result.Warnings);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2p1\r\n", Why.HttpMalformed)]
    [InlineData("HTTP/1.1 2x0 OK\r\n\r\n", Why.HttpMalformed)]
    [InlineData(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        Why.HttpMalformed
    )]
    [InlineData(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"js",
        Why.StreamEnded
    )]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: appl", Why.ConnectionReset)]
    [InlineData("", Why.ConnectionReset)]
    public async Task What_is_no_http_is_told_apart(string said, Why why)
    {
        await using var server = RawServer.Saying(said);

        var result = await Probes.ProbeAsync(Probes.Order(server.Url) with { Era = Era.Initialize });

        Assert.Equal(Expected.Down(why, ProbeStep.Initialize), Expected.Of(result));
    }

    [Fact]
    public async Task A_connection_that_is_reset_is_told_so()
    {
        await using var server = RawServer.Resetting();

        var result = await Probes.ProbeAsync(Probes.Order(server.Url) with { Era = Era.Initialize });

        Assert.Equal(Why.ConnectionReset, result.Attempt.Why);
    }

    [Fact]
    public async Task Tls_to_a_plain_port_fails_as_tls()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);

        var result = await Probes.ProbeAsync(Probes.Order(new UriBuilder(server.Url) { Scheme = "https" }.Uri));

        Assert.Equal(Expected.Down(Why.TlsFailed, ProbeStep.Tls), Expected.Of(result));
    }

    [Fact]
    public async Task Silence_in_the_tls_handshake_is_a_time_out_of_tls()
    {
        await using var server = RawServer.Silent();
        var order = Probes.Order(new UriBuilder(server.Url) { Scheme = "https" }.Uri);

        var result = await Probes.ProbeAsync(
            order with
            {
                Limits = order.Limits with { Total = TimeSpan.FromSeconds(0.6) },
            }
        );

        Assert.Equal(Expected.Down(Why.Timeout, ProbeStep.Tls), Expected.Of(result));
        Assert.True(result.Attempt.Phases is { Connect: > 0, Tls: > 0, Handshake: 0 });
    }
}
