using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AliveMcp.Servers.Files;

/// <summary>
/// Writes a piece of the file as JSON. A plain value is what JSON would read it as (<c>true</c>, <c>null</c>, <c>1.50</c>, digit by digit),
/// and text otherwise; what stands in quotes is text.
/// </summary>
internal static partial class FileJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(FileNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, node);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, FileNode node)
    {
        switch (node)
        {
            case FileMap map:
                writer.WriteStartObject();
                foreach (var (key, value) in map.Fields)
                {
                    writer.WritePropertyName(key.Text);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case FileList list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case FileScalar { IsNothing: true }:
                writer.WriteNullValue();
                break;
            case FileScalar { IsPlain: true } scalar
                when scalar.Text is "true" or "false" || Number().IsMatch(scalar.Text):
                writer.WriteRawValue(scalar.Text);
                break;
            case FileScalar scalar:
                writer.WriteStringValue(scalar.Text);
                break;
        }
    }

    [GeneratedRegex(@"\A-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
