using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AliveMcp.Egress.Tests;

public sealed class SystemResolverTests
{
    private static readonly IPAddress[] Found = [IPAddress.Loopback];

    [Fact]
    public async Task A_name_that_hangs_holds_up_nobody_beyond_his_deadline_and_nobody_elses_name()
    {
        using var hang = new ManualResetEventSlim();
        var resolver = Resolver(2, host => Wait(host, hang));
        using var stop = new CancellationTokenSource();

        var stuck = resolver.ResolveAsync("hangs.example", stop.Token);
        var found = await resolver.ResolveAsync("good.example", CancellationToken.None);
        await stop.CancelAsync();

        Assert.Equal(Found, found);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stuck);
        hang.Set();
    }

    [Fact]
    public async Task However_many_ask_for_a_name_that_hangs_it_takes_one_thread()
    {
        using var hang = new ManualResetEventSlim();
        var resolver = Resolver(2, host => Wait(host, hang));

        var stuck = Enumerable
            .Range(0, 20)
            .Select(_ => resolver.ResolveAsync("hangs.example", CancellationToken.None))
            .ToList();

        Assert.Equal(Found, await resolver.ResolveAsync("good.example", CancellationToken.None));
        hang.Set();
        Assert.All(await Task.WhenAll(stuck), found => Assert.Equal(Found, found));
    }

    [Fact]
    public async Task A_name_whose_turn_did_not_come_is_our_own_fault()
    {
        using var hang = new ManualResetEventSlim();
        using var begun = new SemaphoreSlim(0);
        var resolver = Resolver(
            1,
            host =>
            {
                begun.Release();
                return Wait(host, hang);
            }
        );
        var first = resolver.ResolveAsync("hangs.example", CancellationToken.None);
        await begun.WaitAsync();
        using var stop = new CancellationTokenSource();

        var second = resolver.ResolveAsync("good.example", stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAsync<ResolverFaultException>(() => second);
        hang.Set();
        Assert.Equal(Found, await first);
    }

    [Fact]
    public async Task A_name_that_nobody_waits_for_any_more_is_not_asked_for()
    {
        using var hang = new ManualResetEventSlim();
        using var begun = new SemaphoreSlim(0);
        var asked = new ConcurrentQueue<string>();
        var resolver = Resolver(
            1,
            host =>
            {
                asked.Enqueue(host);
                begun.Release();
                return Wait(host, hang);
            }
        );
        var first = resolver.ResolveAsync("hangs.example", CancellationToken.None);
        await begun.WaitAsync();
        using var stop = new CancellationTokenSource();
        var given = resolver.ResolveAsync("given-up.example", stop.Token);
        var shared = resolver.ResolveAsync("shared.example", stop.Token);
        var kept = resolver.ResolveAsync("shared.example", CancellationToken.None);
        await stop.CancelAsync();
        await Assert.ThrowsAsync<ResolverFaultException>(() => given);
        await Assert.ThrowsAsync<ResolverFaultException>(() => shared);

        hang.Set();
        await Task.WhenAll(first, kept);
        Assert.Equal(Found, await resolver.ResolveAsync("last.example", CancellationToken.None));

        Assert.Equal(["hangs.example", "shared.example", "last.example"], asked);
        Assert.Equal(Found, await resolver.ResolveAsync("given-up.example", CancellationToken.None));
    }

    [Theory]
    [InlineData(SocketError.TryAgain, true, false)]
    [InlineData(SocketError.TryAgain, false, true)]
    [InlineData(SocketError.HostNotFound, false, false)]
    [InlineData(SocketError.NoRecovery, false, false)]
    public async Task A_failure_without_a_verdict_is_the_names_only_where_our_name_servers_answer(
        SocketError error,
        bool heard,
        bool ours
    )
    {
        var resolver = new SystemResolver(1, _ => throw new SocketException((int)error), _ => Task.FromResult(heard));

        var fault = await Record.ExceptionAsync(() => resolver.ResolveAsync("x.example", CancellationToken.None));

        Assert.Equal(ours, fault is ResolverFaultException);
        Assert.Equal(!ours, fault is SocketException);
    }

    [Fact]
    public async Task A_name_server_that_says_anything_is_alive_and_one_that_is_not_there_is_not()
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var gone = (IPEndPoint)closed.LocalEndPoint!;
        closed.Dispose();
        var answering = AnswerOneAsync(server);

        Assert.True(
            await ResolverPulse.IsHeardAsync([gone, (IPEndPoint)server.LocalEndPoint!], CancellationToken.None)
        );
        await answering;
        Assert.False(await ResolverPulse.IsHeardAsync([gone], CancellationToken.None));
        Assert.True(await ResolverPulse.IsHeardAsync([], CancellationToken.None));
    }

    private static SystemResolver Resolver(int threads, Func<string, IPAddress[]> ask) =>
        new(threads, ask, _ => Task.FromResult(true));

    private static IPAddress[] Wait(string host, ManualResetEventSlim hang)
    {
        if (host.StartsWith("hangs", StringComparison.Ordinal))
        {
            hang.Wait();
        }

        return Found;
    }

    private static async Task AnswerOneAsync(Socket server)
    {
        var buffer = new byte[512];
        var received = await server.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
        await server.SendToAsync(buffer.AsMemory(0, received.ReceivedBytes), received.RemoteEndPoint);
    }
}
