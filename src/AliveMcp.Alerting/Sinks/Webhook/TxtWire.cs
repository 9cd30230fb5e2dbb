using System.Buffers.Binary;
using System.Text;

namespace AliveMcp.Alerting.Sinks.Webhook;

/// <summary>Questions for TXT records and their answers on the wire (RFC 1035, 4). Pure; what does not fit is no answer.</summary>
internal static class TxtWire
{
    private const int HeaderSize = 12;
    private const ushort Txt = 16;
    private const ushort Internet = 1;

    /// <returns>Null: no such name can be asked for.</returns>
    public static byte[]? Question(ushort id, string name)
    {
        var labels = name.TrimEnd('.').Split('.');
        if (name.Length > 250 || labels.Any(label => label.Length is 0 or > 63 || !Ascii.IsValid(label)))
        {
            return null;
        }

        var packet = new List<byte>([(byte)(id >> 8), (byte)id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
        foreach (var label in labels)
        {
            packet.Add((byte)label.Length);
            packet.AddRange(Encoding.ASCII.GetBytes(label));
        }

        packet.AddRange([0, 0, (byte)Txt, 0, (byte)Internet]);
        return [.. packet];
    }

    /// <summary>The answer did not fit into a datagram.</summary>
    public static bool IsCut(byte[] answer) => answer.Length > 2 && (answer[2] & 0x02) != 0;

    /// <returns>Null: this is no answer to that question.</returns>
    public static IReadOnlyList<string>? Texts(byte[] answer, ushort id, byte[] question)
    {
        var asked = question.AsSpan(HeaderSize);
        if (
            answer.Length < HeaderSize + asked.Length
            || BinaryPrimitives.ReadUInt16BigEndian(answer) != id
            || (answer[2] & 0x80) == 0
            || !answer.AsSpan(HeaderSize, asked.Length).SequenceEqual(asked)
        )
        {
            return null;
        }

        // 0: fine; 3: there is no such name. Everything else is a name server in trouble.
        var code = answer[3] & 0x0F;
        if (code == 3)
        {
            return [];
        }

        return code == 0 ? Read(answer, HeaderSize + asked.Length) : null;
    }

    private static List<string> Read(byte[] answer, int at)
    {
        var texts = new List<string>();
        var count = BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(6));
        for (var record = 0; record < count; record++)
        {
            at = BehindName(answer, at);
            if (at < 0 || at + 10 > answer.Length)
            {
                break;
            }

            var type = BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(at));
            var length = BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(at + 8));
            at += 10;
            if (at + length > answer.Length)
            {
                break;
            }

            if (type == Txt)
            {
                texts.Add(Text(answer.AsSpan(at, length)));
            }

            at += length;
        }

        return texts;
    }

    /// <summary>A record is one text in pieces of at most 255 bytes.</summary>
    private static string Text(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder();
        while (data.Length > 0 && data[0] < data.Length)
        {
            text.Append(Encoding.ASCII.GetString(data.Slice(1, data[0])));
            data = data[(data[0] + 1)..];
        }

        return text.ToString();
    }

    private static int BehindName(byte[] answer, int at)
    {
        while (at < answer.Length)
        {
            var length = answer[at];
            if (length >= 0xC0)
            {
                return at + 2;
            }

            at += length + 1;
            if (length == 0)
            {
                return at;
            }
        }

        return -1;
    }
}
