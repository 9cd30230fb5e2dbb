using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AliveMcp.Drills.Install;

/// <summary>A TCP line to the desk that can be cut: what runs over it goes silent, and what is dialled is never answered, until it is mended.</summary>
internal sealed class DeskLine : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly int _desk;
    private volatile bool _isCut;

    public DeskLine(int desk)
    {
        _desk = desk;
        _listener.Start();
        Url = new Uri($"http://{_listener.LocalEndpoint}");
        _ = AcceptAsync();
    }

    public Uri Url { get; }

    public void Cut() => _isCut = true;

    /// <summary>What was under way stays lost, as after a real cut: only what is dialled anew gets through.</summary>
    public void Mend()
    {
        _isCut = false;
        CloseAll();
    }

    public void Dispose()
    {
        _listener.Dispose();
        CloseAll();
    }

    private void CloseAll()
    {
        foreach (var socket in _open.Keys)
        {
            socket.Dispose();
        }

        _open.Clear();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = CarryAsync(await _listener.AcceptSocketAsync());
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task CarryAsync(Socket prober)
    {
        var desk = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        (_open[prober], _open[desk]) = (true, true);
        try
        {
            await desk.ConnectAsync(IPAddress.Loopback, _desk);
            await Task.WhenAny(PumpAsync(prober, desk), PumpAsync(desk, prober));
        }
        catch (SocketException)
        {
            // The desk is away.
        }
        finally
        {
            if (!_isCut)
            {
                Close(prober);
                Close(desk);
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is var read and > 0)
            {
                if (!_isCut)
                {
                    await to.SendAsync(buffer.AsMemory(0, read));
                }
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // One end is gone.
        }
    }

    private void Close(Socket socket)
    {
        _open.TryRemove(socket, out _);
        socket.Dispose();
    }
}
