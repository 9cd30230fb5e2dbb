using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AliveMcp.Storage.Export;

/// <summary>A row as one line of JSON or CSV. Pure.</summary>
internal static class ExportLines
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");
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

    /// <summary>RFC 4180; lists and JSON stand in their cell as JSON. What a spreadsheet would take for a formula begins with an apostrophe.</summary>
    public static ReadOnlyMemory<byte> Csv(IEnumerable<object?> row) =>
        Encoding.UTF8.GetBytes(string.Join(',', row.Select(Cell)) + "\r\n");

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

    private static string Cell(object? value) =>
        value switch
        {
            null => "",
            bool yes => yes ? "true" : "false",
            RawJson json => Quote(json.Text),
            string[] texts => Quote(JsonSerializer.Serialize(texts, ExportJson.Default.StringArray)),
            string text => Quote(
                text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text
            ),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => Quote(value.ToString() ?? ""),
        };

    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(Quoted) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
