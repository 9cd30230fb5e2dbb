using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AliveMcp.Storage.Export;

/// <summary>A row as one line of JSON or CSV. Pure.</summary>
internal static class ExportLines
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One object whose first member says what kind it is.</summary>
    public static ReadOnlyMemory<byte> Json(ExportSurface surface, IReadOnlyList<object?> row)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", surface.Name);
            for (var i = 0; i < row.Count; i++)
            {
                writer.WritePropertyName(surface.Columns[i]);
                Write(writer, row[i]);
            }

            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    /// <summary>As <see cref="CsvLine"/> says.</summary>
    public static ReadOnlyMemory<byte> Csv(IEnumerable<object?> row) => Encoding.UTF8.GetBytes(CsvLine.Of(row));

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool yes:
                writer.WriteBooleanValue(yes);
                break;
            case RawJson json:
                writer.WriteRawValue(json.Text);
                break;
            case string[] texts:
                writer.WriteStartArray();
                Array.ForEach(texts, writer.WriteStringValue);
                writer.WriteEndArray();
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
