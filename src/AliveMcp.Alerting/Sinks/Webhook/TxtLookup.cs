using System.Buffers.Binary;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace AliveMcp.Alerting.Sinks.Webhook;

/// <summary>Asks this machine's name servers for TXT records (RFC 1035), over UDP and, when the answer was cut, over TCP. The names are asked of them alone, never of a server that the name's owner chose.</summary>
/// <param name="servers">Null: those of the system.</param>
internal sealed class TxtLookup(TimeProvider clock, IReadOnlyList<IPEndPoint>? servers = null)
{
    private const int Port = 53;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The texts of all records; empty when there are none or nobody answers.</summary>
    public async Task<IReadOnlyList<string>> AskAsync(string name, CancellationToken cancellationToken)
    {
        var id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
        if (TxtWire.Question(id, name) is not { } question)
        {
            return [];
        }

        foreach (var server in servers ?? OfSystem())
        {
            try
            {
                using var patience = new CancellationTokenSource(Patience, clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
                var answer = await OverUdpAsync(server, question, either.Token);
                if (TxtWire.IsCut(answer))
                {
                    answer = await OverTcpAsync(server, question, either.Token);
                }

                if (TxtWire.Texts(answer, id, question) is { } texts)
                {
                    return texts;
                }
            }
            catch (Exception fault)
                when (fault is SocketException or IOException
                    || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                )
            {
                // The next one may answer.
            }
        }

        return [];
    }

    private static async Task<byte[]> OverUdpAsync(
        IPEndPoint server,
        byte[] question,
        CancellationToken cancellationToken
    )
    {
        using var socket = new UdpClient(server.AddressFamily);
        socket.Connect(server);
        await socket.SendAsync(question, cancellationToken);
        var answer = await socket.ReceiveAsync(cancellationToken);
        return answer.Buffer;
    }

    private static async Task<byte[]> OverTcpAsync(
        IPEndPoint server,
        byte[] question,
        CancellationToken cancellationToken
    )
    {
        using var client = new TcpClient(server.AddressFamily);
        await client.ConnectAsync(server, cancellationToken);
        var stream = client.GetStream();
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)question.Length);
        await stream.WriteAsync((byte[])[.. length, .. question], cancellationToken);
        await stream.ReadExactlyAsync(length, cancellationToken);
        var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(answer, cancellationToken);
        return answer;
    }

    private static IEnumerable<IPEndPoint> OfSystem() =>
        NetworkInterface
            .GetAllNetworkInterfaces()
            .Where(card => card.OperationalStatus == OperationalStatus.Up)
            .SelectMany(card => card.GetIPProperties().DnsAddresses)
            .Distinct()
            .Take(3)
            .Select(address => new IPEndPoint(address, Port));
}
