using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedTasks.Shared;

/// <summary>Constants as C# writes them, whatever the machine's culture.</summary>
internal static class Literals
{
    public static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Ticks with thousands apart: <c>20_000_000L</c>.</summary>
    public static string Ticks(long value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '_') + "L";

    /// <summary>The default value of an optional parameter, as an expression that may stand for it anywhere.</summary>
    public static string Default(IParameterSymbol parameter)
    {
        object? value = parameter.ExplicitDefaultValue;
        ITypeSymbol type = parameter.Type.WithoutNullable();
        if (value is null)
        {
            return parameter.Type.IsValueType ? "default" : "null";
        }

        // A small integer has no literal of its own, and beside a value of its type in a conditional a bare number would make that an int.
        return type.TypeKind == TypeKind.Enum || value is byte or sbyte or short or ushort ? $"({type.FullName()})({Primitive(value)})" : Primitive(value);
    }

    private static string Primitive(object value) => value switch
    {
        string text => Text(text),
        char character => SymbolDisplay.FormatLiteral(character, quote: true),
        bool flag => flag ? "true" : "false",
        float.NaN => "float.NaN",
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        double.NaN => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "F",
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "D",
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "M",
        uint number => number.ToString(CultureInfo.InvariantCulture) + "U",
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        ulong number => number.ToString(CultureInfo.InvariantCulture) + "UL",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => "default",
    };
}
