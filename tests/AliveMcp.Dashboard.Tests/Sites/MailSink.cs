using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using AliveMcp.Testing.Time;

namespace AliveMcp.Dashboard.Tests.Sites;

/// <summary>A mail server on loopback that takes every letter and keeps it. It speaks as much of RFC 5321 as a client asks for.</summary>
public sealed partial class MailSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<(string To, string Text)> _letters = new();
    private readonly Task _serving;

    public MailSink()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IReadOnlyCollection<(string To, string Text)> Letters => _letters;

    /// <summary>The newest letter to an address, when it has come.</summary>
    public Task<string> LetterToAsync(string address) =>
        Eventually.GetAsync(
            () => Task.FromResult(_letters.LastOrDefault(letter => letter.To == address).Text ?? ""),
            text => text.Length > 0,
            TimeSpan.FromSeconds(60)
        );

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                talks.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception ended)
            when (ended is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1);
                await using var writer = new StreamWriter(stream, Encoding.Latin1)
                {
                    NewLine = "\r\n",
                    AutoFlush = true,
                };
                await writer.WriteLineAsync("220 sink ESMTP");
                await TalkAsync(reader, writer);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // The client hung up, or the test is over.
            }
        }
    }

    private async Task TalkAsync(StreamReader reader, StreamWriter writer)
    {
        var to = "";
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line.StartsWith("RCPT TO:", StringComparison.OrdinalIgnoreCase))
            {
                to = line[
                    (line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)
                ];
            }

            if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("354 go on");
                _letters.Enqueue((to, Decode(await ReadDataAsync(reader))));
            }

            await writer.WriteLineAsync(
                line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase) ? "221 bye" : "250 ok"
            );
        }
    }

    private async Task<string> ReadDataAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line and not ".")
        {
            // A dot at the beginning of a line travels doubled (RFC 5321 4.5.2).
            text.Append(line.StartsWith('.') ? line[1..] : line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Headers as they are; the body out of quoted-printable or base64.</summary>
    private static string Decode(string mail)
    {
        var parts = mail.Split("\n\n", 2);
        if (parts[0].Contains("base64", StringComparison.OrdinalIgnoreCase))
        {
            var bytes = Convert.FromBase64String(parts[1].Replace("\n", "", StringComparison.Ordinal));
            return parts[0] + "\n\n" + Encoding.UTF8.GetString(bytes);
        }

        var text = Octet()
            .Replace(
                parts[1].Replace("=\n", "", StringComparison.Ordinal),
                octet => ((char)Convert.ToByte(octet.Value[1..], 16)).ToString()
            );
        return parts[0] + "\n\n" + Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text));
    }

    /// <summary>One byte as quoted-printable spells it.</summary>
    [GeneratedRegex("=[0-9A-F]{2}", RegexOptions.NonBacktracking)]
    private static partial Regex Octet();
}
