namespace AliveMcp.Servers.Files;

/// <summary>A piece of a YAML or JSON text and the line where it begins, counted from 1; 0 where there are no lines.</summary>
internal abstract record FileNode(int Line)
{
    public const int NoLine = 0;

    /// <summary>What a person would call it.</summary>
    public abstract string Kind { get; }
}

/// <summary>A single value; a plain one (without quotes) may also mean nothing.</summary>
internal sealed record FileScalar(int Line, string Text, bool IsPlain) : FileNode(Line)
{
    public override string Kind => IsNothing ? "nothing" : "a single value";

    public bool IsNothing => IsPlain && Text is ("" or "~" or "null" or "Null" or "NULL");
}

internal sealed record FileList(int Line, IReadOnlyList<FileNode> Items) : FileNode(Line)
{
    public override string Kind => "a list";
}

internal sealed record FileMap(int Line, IReadOnlyList<(FileScalar Key, FileNode Value)> Fields) : FileNode(Line)
{
    public override string Kind => "a mapping";
}
