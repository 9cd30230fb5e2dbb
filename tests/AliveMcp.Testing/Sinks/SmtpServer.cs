using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AliveMcp.Testing.Sinks;

/// <summary>A mail server on loopback for one test: with or without STARTTLS, with AUTH when asked for.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? _certificate;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    /// <param name="certificate">Null: it does not know STARTTLS.</param>
    public SmtpServer(X509Certificate2? certificate)
    {
        _certificate = certificate;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Every line that a client sent, after <c>tls:</c> when it came encrypted.</summary>
    public ConcurrentQueue<string> Heard { get; } = new();

    /// <summary>It hears a letter to its end and hangs up without an answer.</summary>
    public bool HangsUp { get; set; }

    /// <summary>What it answers to a command line instead of its own; null: as usual.</summary>
    public Func<string, string?>? Refuses { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await TalkAsync(client);
            }
        }
        catch (Exception ended)
            when (ended is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        Stream stream = client.GetStream();
        try
        {
            await SayAsync(stream, "220 test ESMTP");
            while (await HearAsync(stream) is { } line)
            {
                Heard.Enqueue((stream is SslStream ? "tls:" : "") + line);
                stream = await AnswerAsync(stream, line);
            }
        }
        catch (Exception gone)
            when (gone
                    is IOException
                        or OperationCanceledException
                        or System.Security.Authentication.AuthenticationException
            )
        {
            // It hung up: that is what some tests are about.
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }

    private async Task<Stream> AnswerAsync(Stream stream, string line)
    {
        if (Refuses?.Invoke(line) is { } refused)
        {
            await SayAsync(stream, refused);
            return stream;
        }

        switch (line.Split(' ', 2)[0].ToUpperInvariant())
        {
            case "EHLO":
                await SayAsync(stream, $"250-test{(_certificate is null ? "" : "\r\n250-STARTTLS")}\r\n250 AUTH LOGIN");
                return stream;
            case "STARTTLS":
                await SayAsync(stream, "220 go on");
                var secured = new SslStream(stream);
                await secured.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = _certificate },
                    _stop.Token
                );
                return secured;
            case "AUTH":
                await SayAsync(stream, "334 UGFzc3dvcmQ6");
                Heard.Enqueue(
                    "password:" + Encoding.UTF8.GetString(Convert.FromBase64String((await HearAsync(stream))!))
                );
                await SayAsync(stream, "235 welcome");
                return stream;
            case "DATA":
                await SayAsync(stream, "354 go on");
                while (await HearAsync(stream) is { } text and not ".")
                {
                    Heard.Enqueue("data:" + text);
                }

                if (HangsUp)
                {
                    throw new IOException("As it was told to.");
                }

                break;
        }

        await SayAsync(stream, "250 ok");
        return stream;
    }

    private ValueTask SayAsync(Stream stream, string line) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), _stop.Token);

    /// <summary>Byte by byte: what follows STARTTLS is not ours to read ahead.</summary>
    private async Task<string?> HearAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) == 1)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        return null;
    }
}
