using System.Net;
using System.Net.Sockets;
using AliveMcp.Hosting.Start;

namespace AliveMcp.Host;

/// <summary>Where the Host listens: 127.0.0.1:8080 unless <c>ASPNETCORE_URLS</c> or <c>--urls</c> says otherwise.</summary>
internal static class Listening
{
    private const string Default = "http://127.0.0.1:8080";

    /// <summary>Sets the default and looks whether the addresses can be had, before anything else is started.</summary>
    /// <exception cref="StartRefusedException">Another program listens there.</exception>
    public static void ListenOnLoopback(this WebApplicationBuilder builder)
    {
        var urls = builder.Configuration["urls"];
        if (urls is null && builder.Configuration["http_ports"] is null)
        {
            urls = Default;
            builder.WebHost.UseUrls(Default);
        }

        foreach (
            var url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        )
        {
            var address = BindingAddress.Parse(url);
            if (address.Port > 0 && !IsFree(address))
            {
                throw new StartRefusedException(
                    $"{url} is taken: another program listens there. Choose another address: --urls http://127.0.0.1:{address.Port + 1}."
                );
            }
        }
    }

    private static bool IsFree(BindingAddress address)
    {
        var ip = IPAddress.TryParse(address.Host, out var parsed) ? parsed : IPAddress.Loopback;
        using var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(ip, address.Port));
            return true;
        }
        catch (SocketException fault)
        {
            return fault.SocketErrorCode != SocketError.AddressAlreadyInUse;
        }
    }
}
