using System.Net;
using System.Net.Sockets;

namespace AliveMcp.Egress.Tests;

public sealed class EgressDialerTests
{
    private static readonly EgressGuard Open = new(new EgressOptions { AllowPrivate = true });
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_name_leads_to_a_connection_with_its_times()
    {
        using var listener = Listen();

        var dial = await Dialer("127.0.0.1").DialAsync("one.example", PortOf(listener), Budget, default);

        using var socket = dial.Socket;
        Assert.Equal(DialFault.None, dial.Fault);
        Assert.True(socket!.Connected);
        Assert.True(dial.Connect > TimeSpan.Zero);
        Assert.Equal(0, dial.DeadAddresses);
    }

    [Fact]
    public async Task A_dead_address_costs_no_more_than_its_turn()
    {
        using var listener = Listen();

        var dial = await Dialer("127.0.0.91", "127.0.0.92", "127.0.0.1")
            .DialAsync("three.example", PortOf(listener), Budget, default);

        using var socket = dial.Socket;
        Assert.Equal((DialFault.None, 2), (dial.Fault, dial.DeadAddresses));
        Assert.Equal(IPAddress.Loopback, dial.Address);
    }

    [Fact]
    public async Task What_the_caller_does_not_admit_is_not_dialled_though_the_guard_would()
    {
        using var listener = Listen();
        var dialer = Dialer("127.0.0.1");
        dialer.Admits = address => !IPAddress.IsLoopback(address);

        var dial = await dialer.DialAsync("one.example", PortOf(listener), Budget, default);

        Assert.Equal((DialFault.NotAllowed, null), (dial.Fault, dial.Socket));
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task An_address_that_must_not_be_dialled_is_left_out_not_dialled_later()
    {
        using var listener = Listen();
        var guard = new EgressGuard(new EgressOptions { Allow = [$"127.0.0.1/32:{PortOf(listener)}"] });

        var dial = await new EgressDialer(
            guard,
            TimeProvider.System,
            Resolving("169.254.169.254", "127.0.0.1")
        ).DialAsync("mixed.example", PortOf(listener), Budget, default);

        using var socket = dial.Socket;
        Assert.Equal((DialFault.None, IPAddress.Loopback), (dial.Fault, dial.Address));
    }

    [Fact]
    public async Task Only_forbidden_addresses_are_not_allowed()
    {
        var dialer = new EgressDialer(
            new EgressGuard(new EgressOptions()),
            TimeProvider.System,
            Resolving("10.0.0.1", "::ffff:127.0.0.1")
        );

        var dial = await dialer.DialAsync("inside.example", 80, Budget, default);

        Assert.Equal((DialFault.NotAllowed, null), (dial.Fault, dial.Socket));
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://localhost/")]
    [InlineData("http://0/")]
    [InlineData("http://169.254.169.254/")]
    [InlineData("http://[fd00:ec2::254]/")]
    public async Task No_spelling_gets_past_the_guard(string url)
    {
        var dialer = new EgressDialer(new EgressGuard(new EgressOptions()), TimeProvider.System);

        var dial = await dialer.DialAsync(new Uri(url).IdnHost, 80, Budget, default);

        Assert.Equal(DialFault.NotAllowed, dial.Fault);
    }

    [Fact]
    public async Task The_second_dial_goes_where_the_first_went()
    {
        using var listener = Listen();
        var asked = 0;
        var dialer = new EgressDialer(
            Open,
            TimeProvider.System,
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(asked++ == 0 ? "127.0.0.1" : "127.0.0.9")])
        );

        using var first = (await dialer.DialAsync("again.example", PortOf(listener), Budget, default)).Socket;
        var dial = await dialer.DialAsync("again.example", PortOf(listener), Budget, default);

        using var second = dial.Socket;
        Assert.Equal((IPAddress.Loopback, 1), (dial.Address, asked));
        Assert.Equal(TimeSpan.Zero, TimeSpan.FromMilliseconds(Math.Floor(dial.Resolve.TotalMilliseconds)));
    }

    [Fact]
    public async Task A_refusal_outweighs_a_route_that_we_lack()
    {
        var dial = await Dialer("2001:db9::1", "127.0.0.1").DialAsync("odd.example", DeadPort(), Budget, default);

        Assert.Equal(DialFault.Refused, dial.Fault);
    }

    [Fact]
    public async Task A_name_without_addresses_is_told_from_one_that_is_not_there()
    {
        var dial = await Dialer().DialAsync("empty.example", 80, Budget, default);

        Assert.Equal(DialFault.NameWithoutAddress, dial.Fault);
    }

    [Fact]
    public async Task A_name_that_no_resolver_takes_is_not_found()
    {
        var dialer = new EgressDialer(Open, TimeProvider.System);

        var dial = await dialer.DialAsync(new string('a', 300) + ".example", 80, Budget, default);

        Assert.Equal(DialFault.NameNotFound, dial.Fault);
    }

    [Fact]
    public async Task Silence_ends_with_the_budget()
    {
        // A full accept queue is as silent as a firewall: the kernel drops further handshakes.
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(full.LocalEndPoint!);

        var dial = await Dialer("127.0.0.1")
            .DialAsync("silent.example", ((IPEndPoint)full.LocalEndPoint!).Port, TimeSpan.FromSeconds(0.3), default);

        Assert.Equal(DialFault.TimedOut, dial.Fault);
        Assert.InRange(dial.Connect.TotalSeconds, 0.2, 3);
    }

    [Fact]
    public async Task A_connection_goes_out_from_the_address_it_was_told()
    {
        using var target = new TcpListener(IPAddress.Loopback, 0);
        target.Start();
        var guard = new EgressGuard(new EgressOptions { AllowPrivate = true, SourceAddress = "127.0.0.9" });
        var dialer = new EgressDialer(guard, TimeProvider.System);

        var dial = await dialer.DialAsync("127.0.0.1", ((IPEndPoint)target.LocalEndpoint).Port, Budget, default);

        using var socket = Assert.IsType<Socket>(dial.Socket);
        Assert.Equal(IPAddress.Parse("127.0.0.9"), ((IPEndPoint)socket.LocalEndPoint!).Address);
    }

    [Theory]
    [InlineData("127.0.0.9", "127.0.0.1", "127.0.0.9")]
    [InlineData("127.0.0.9", "9.9.9.9", null)]
    [InlineData("127.0.0.9", "::1", null)]
    [InlineData("10.1.2.3", "127.0.0.1", null)]
    [InlineData("10.1.2.3", "9.9.9.9", "10.1.2.3")]
    [InlineData("10.1.2.3", "2a00::1", null)]
    [InlineData(null, "9.9.9.9", null)]
    public void A_source_address_is_used_only_where_it_can_reach(string? source, string target, string? expected)
    {
        var guard = new EgressGuard(new EgressOptions { SourceAddress = source });

        Assert.Equal(expected, guard.SourceTo(IPAddress.Parse(target))?.ToString());
    }

    [Fact]
    public async Task The_callers_cancellation_is_thrown()
    {
        var dialer = new EgressDialer(
            Open,
            TimeProvider.System,
            async (_, stop) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
                return [];
            }
        );
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            dialer.DialAsync("never.example", 80, Budget, stop.Token).AsTask()
        );
    }

    [Fact]
    public void Families_take_turns_in_the_resolvers_order()
    {
        IPAddress[] addresses = [.. new[] { "2a00::1", "2a00::2", "2a00::3", "9.9.9.9" }.Select(IPAddress.Parse)];

        Assert.Equal(
            ["2a00::1", "9.9.9.9", "2a00::2", "2a00::3"],
            AddressOrder.Interleave(addresses).Select(address => address.ToString())
        );
    }

    private static EgressDialer Dialer(params string[] addresses) =>
        new(Open, TimeProvider.System, Resolving(addresses));

    private static Func<string, CancellationToken, Task<IPAddress[]>> Resolving(params string[] addresses) =>
        (_, _) => Task.FromResult<IPAddress[]>([.. addresses.Select(IPAddress.Parse)]);

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private static int DeadPort()
    {
        using var listener = Listen();
        return PortOf(listener);
    }
}
