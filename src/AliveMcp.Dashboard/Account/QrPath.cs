using System.Globalization;
using System.Text;
using QRCoder;

namespace AliveMcp.Dashboard.Account;

/// <summary>A QR code as one path of SVG: drawn here, so that no secret leaves the page and no style stands in it.</summary>
/// <param name="Size">Modules on a side.</param>
/// <param name="Path">A square for every dark module.</param>
internal sealed record QrPath(int Size, string Path)
{
    public static QrPath Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < data.ModuleMatrix.Count; y++)
        {
            for (var x = 0; x < data.ModuleMatrix[y].Length; x++)
            {
                if (data.ModuleMatrix[y][x])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
        }

        return new QrPath(data.ModuleMatrix.Count, path.ToString());
    }
}
