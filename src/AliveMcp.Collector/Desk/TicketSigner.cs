using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using AliveMcp.Collector.Minutes;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Desk;

/// <summary>
/// Signs and verifies tickets: HMAC-SHA256 over prober, server, region and minute, base64url. Of a look that serves other servers' minutes, too,
/// the signature names them behind a dot and covers them: the report brings them back, and nobody need look them up.
/// </summary>
internal sealed class TicketSigner(byte[] key)
{
    public string Sign(
        string prober,
        ServerKey server,
        Region region,
        MinuteStamp minute,
        IReadOnlyList<ServerKey>? sharers = null
    )
    {
        var names = ServerKeys.Write(sharers ?? []);
        var mac = Base64Url.EncodeToString(Mac(prober, server, region, minute, names));
        return names.Length == 0 ? mac : $"{mac}.{names}";
    }

    /// <summary>Signs a live look. Its text is never that of a minute's ticket, so the one opens nothing of the other.</summary>
    public string SignLook(string prober, ServerKey server, Region region, string look) =>
        Base64Url.EncodeToString(LookMac(prober, server, region, look));

    /// <summary>Takes the same time whatever is wrong with the signature.</summary>
    public bool VerifiesLook(string? signature, string prober, ServerKey server, Region region, string look) =>
        IsMac(signature, LookMac(prober, server, region, look));

    public bool Verifies(string? signature, string prober, ServerKey server, Region region, MinuteStamp minute) =>
        TryOpen(signature, prober, server, region, minute, out _);

    /// <summary>Takes the same time whatever is wrong with the signature.</summary>
    /// <param name="signature">As the ticket carried it.</param>
    /// <param name="prober">Who speaks.</param>
    /// <param name="server">Of whom.</param>
    /// <param name="region">From where.</param>
    /// <param name="minute">For which minute.</param>
    /// <param name="sharers">Whose minutes the look serves, too.</param>
    public bool TryOpen(
        string? signature,
        string prober,
        ServerKey server,
        Region region,
        MinuteStamp minute,
        [NotNullWhen(true)] out IReadOnlyList<ServerKey>? sharers
    )
    {
        var dot = signature?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        var mac = dot < 0 ? signature : signature![..dot];
        var names = dot < 0 ? "" : signature![(dot + 1)..];
        var isOurs = IsMac(mac, Mac(prober, server, region, minute, names));
        sharers = isOurs ? ServerKeys.Read(names) : null;
        return isOurs;
    }

    private static bool IsMac(string? text, byte[] mac)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return text is { Length: < 64 }
            && Base64Url.IsValid(text, out var length)
            && length == given.Length
            && Base64Url.TryDecodeFromChars(text, given, out _)
            && CryptographicOperations.FixedTimeEquals(given, mac);
    }

    private byte[] LookMac(string prober, ServerKey server, Region region, string look) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"look 1\n{prober}\n{server}\n{region}\n{look}"));

    // No part can hold a line feed, so no two tickets have one text.
    private byte[] Mac(string prober, ServerKey server, Region region, MinuteStamp minute, string names) =>
        HMACSHA256.HashData(
            key,
            Encoding.UTF8.GetBytes(
                $"ticket 1\n{prober}\n{server}\n{region}\n{minute.Value}{(names.Length == 0 ? "" : "\n" + names)}"
            )
        );
}
